"""Row-level security of the roster; histories only grow."""

from django.db import migrations

from uso.ground.tenancy.protection import AppendOnly, Protect, TenantForeignKey


class Migration(migrations.Migration):
    dependencies = [("municipalities", "0001_tables")]

    operations = [
        Protect("municipalities", "Person"),
        Protect("municipalities", "PersonEvent", append_only=True),
        Protect("municipalities", "MergedPerson"),
        TenantForeignKey("municipalities", "MergedPerson", "person", "municipalities.Person"),
        Protect("municipalities", "DistinctPeople"),
        TenantForeignKey("municipalities", "DistinctPeople", "one", "municipalities.Person"),
        TenantForeignKey("municipalities", "DistinctPeople", "other", "municipalities.Person"),
        Protect("municipalities", "ContactAddress"),
        AppendOnly("municipalities", "MembershipEvent"),
        AppendOnly("municipalities", "MunicipalityEvent"),
        AppendOnly("municipalities", "PopulationEvent"),
        AppendOnly("municipalities", "UserEvent"),
    ]
