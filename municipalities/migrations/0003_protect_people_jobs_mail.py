"""Row-level security of the roster, of jobs and of the outbox."""

from django.db import migrations

from municipalities.tenancy import AppendOnly, Protect


class Migration(migrations.Migration):
    dependencies = [
        ("municipalities", "0002_scope_and_roles"),
        ("jobs", "0001_initial"),
        ("mail", "0001_initial"),
    ]

    operations = [
        Protect("municipalities", "Person"),
        Protect("municipalities", "PersonEvent", append_only=True),
        AppendOnly("municipalities", "MembershipEvent"),
        AppendOnly("municipalities", "UserEvent"),
        Protect("jobs", "Job"),
        Protect("jobs", "JobItem"),
        Protect("mail", "Message"),
    ]
