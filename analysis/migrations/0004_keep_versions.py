"""Figures and their versions can only grow: a revision never overwrites."""

from django.db import migrations

from municipalities.tenancy import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("analysis", "0003_statistics"),
        ("municipalities", "0003_protect_people_jobs_mail"),
    ]

    operations = [AppendOnly("analysis", "DataVersion"), AppendOnly("analysis", "Observation")]
