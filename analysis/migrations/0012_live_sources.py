"""Indicators that came with files alone name their live source; those without figures are in use."""

from typing import Any

from django.db import migrations

from analysis.catalogue import fields
from analysis.rows import rows, sources


def follow_catalogue(apps: Any, _editor: Any) -> None:
    """Bring the indicators of the catalogue to it; texts that coordinators wrote stay."""
    indicator = apps.get_model("analysis", "Indicator")
    source = apps.get_model("analysis", "Source")
    there = dict(indicator.objects.values_list("code", "pk"))
    if not there:
        return
    for code, told in sources().items():
        source.objects.get_or_create(code=code, defaults=dict(told))
    keys = dict(source.objects.values_list("code", "pk"))
    for row in sorted(rows(), key=lambda each: bool(each.weight)):
        if row.code not in there and row.code in {each.weight for each in rows()}:
            made = indicator.objects.create(source_id=keys[row.source], **fields(row, there))
            there[row.code] = made.pk
        elif row.code in there:
            told = fields(row, there)
            kept = {
                name: told[name]
                for name in told
                if name.startswith("comparability") or not name.endswith(("_fi", "_sv", "_en"))
            }
            indicator.objects.filter(pk=there[row.code]).update(
                **kept, source_id=keys[row.source], is_active=True
            )


class Migration(migrations.Migration):
    dependencies = [("analysis", "0011_indicators_of_one_history")]

    operations = [migrations.RunPython(follow_catalogue, migrations.RunPython.noop)]
