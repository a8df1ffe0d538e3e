"""Row-level security of downloads; a download that has been is never changed."""

from django.db import migrations

from municipalities.tenancy import Protect, TenantForeignKey


class Migration(migrations.Migration):
    dependencies = [("analysis", "0016_downloads")]

    operations = [
        Protect("analysis", "AnalysisDownload", append_only=True),
        TenantForeignKey("analysis", "AnalysisDownload", "analysis", "analysis.Analysis"),
    ]
