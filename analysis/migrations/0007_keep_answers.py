"""An answer stays as it came; one that no version stands on may go, a version's holds it."""

from django.db import migrations

from municipalities.tenancy import APP_ROLE, NETWORK_ROLE


class Migration(migrations.Migration):
    dependencies = [("analysis", "0006_check_references_by_statement")]

    operations = [
        migrations.RunSQL(
            f"REVOKE UPDATE ON analysis_rawanswer FROM {APP_ROLE}, {NETWORK_ROLE}",
            reverse_sql=f"GRANT UPDATE ON analysis_rawanswer TO {APP_ROLE}, {NETWORK_ROLE}",
        )
    ]
