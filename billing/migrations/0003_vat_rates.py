"""The general rates of VAT that the network's seasons have met."""

from datetime import date

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

# By date of supply: 24 % until 31.8.2024, 25.5 % from 1.9.2024.
LAW = "arvonlisäverolaki (1501/1993) 84 §"
RATES = [
    ("24.00", date(2013, 1, 1), date(2024, 9, 1), LAW),
    ("25.50", date(2024, 9, 1), None, LAW),
]


def load(apps, schema_editor):
    rates = apps.get_model("billing", "VatRate").objects
    for vat_pct, starts_on, next_on, source in RATES:
        rates.create(vat_pct=vat_pct, valid=DateRange(starts_on, next_on), source=source)


class Migration(migrations.Migration):
    dependencies = [("billing", "0002_protection")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
