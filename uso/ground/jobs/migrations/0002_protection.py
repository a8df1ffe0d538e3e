"""Row-level security of long work."""

from django.db import migrations

from uso.ground.tenancy.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_tables")]

    operations = [
        Protect("jobs", "Job"),
        Protect("jobs", "JobItem"),
    ]
