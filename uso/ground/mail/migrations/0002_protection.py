"""Row-level security of the outbox."""

from django.db import migrations

from uso.ground.tenancy.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_tables")]

    operations = [
        Protect("mail", "Message"),
    ]
