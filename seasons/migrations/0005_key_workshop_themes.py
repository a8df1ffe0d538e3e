"""Let what points to a workshop theme point to one of its own season."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("seasons", "0004_guard_prices")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE seasons_workshoptheme"
            " ADD CONSTRAINT seasons_workshoptheme_season UNIQUE (id, season_id)",
            reverse_sql="ALTER TABLE seasons_workshoptheme"
            " DROP CONSTRAINT seasons_workshoptheme_season",
        ),
    ]
