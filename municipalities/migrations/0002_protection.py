"""Row-level security of the roster; histories only grow."""

from django.db import migrations

from uso.ground.tenancy.protection import AppendOnly, Protect


class Migration(migrations.Migration):
    dependencies = [("municipalities", "0001_tables")]

    operations = [
        Protect("municipalities", "Person"),
        Protect("municipalities", "PersonEvent", append_only=True),
        AppendOnly("municipalities", "MembershipEvent"),
        AppendOnly("municipalities", "UserEvent"),
    ]
