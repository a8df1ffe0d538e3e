"""The table of Django's cache: limits of signing in, and counts that are dear to ask for."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("municipalities", "0002_protection")]

    operations = [
        migrations.RunSQL(
            """
            CREATE TABLE uso_cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX uso_cache_expires ON uso_cache (expires);
            """,
            reverse_sql="DROP TABLE uso_cache",
        ),
    ]
