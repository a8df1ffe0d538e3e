"""Made-up values the gallery shows its components with."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace as Row
from typing import Any, Final

from django import forms
from django.http import HttpRequest

from uso.ground.jobs.models import Job, JobState
from uso.ground.lib.fields import DayField, EmailField, EurosField, Form, MomentInput, PhoneField
from uso.ground.lib.tables import Column, Filter, RowAction, Table, arrange


class SampleForm(Form):
    """One field of each kind, with what a person might write wrong."""

    name = forms.CharField(label="Nimi", help_text="Etunimi ja sukunimi")
    email = EmailField(label="Sähköposti", required=False)
    phone = PhoneField(label="Puhelin", required=False)
    group = forms.ChoiceField(
        label="Ryhmä",
        widget=forms.RadioSelect,
        choices=[("elected", "Luottamushenkilö"), ("office", "Viranhaltija")],
    )
    theme = forms.ChoiceField(
        label="Teema", choices=[("", "Valitse"), ("1", "Strateginen ja kestävä kunta")]
    )
    starts_on = DayField(label="Päivä")
    starts_at = forms.DateTimeField(label="Alkaa", widget=MomentInput, required=False)
    fee = EurosField(label="Vuosimaksu, €", required=False)
    wish = forms.CharField(label="Toive", widget=forms.Textarea, required=False)
    remote = forms.BooleanField(label="Osallistuu etänä", required=False)


def sample_form() -> SampleForm:
    """Return a form that has been sent with mistakes."""
    return SampleForm({"name": "Maija Mallikas", "email": "maija.mallikas", "group": "elected"})


MEMBERS: Final = [
    Row(name="Kannus", population=5264, fee=Decimal("9000.00"), on=dt.date(2024, 10, 22)),
    Row(name="Jämsä", population=19767, fee=Decimal("12000.00"), on=dt.date(2024, 11, 14)),
    Row(name="Äänekoski", population=18053, fee=Decimal("12000.00"), on=None),
]


def sample_table(request: HttpRequest) -> Table[Row]:
    """Return made-up members with a filter and a press for each, as the address asks."""
    columns: list[Column[Row]] = [
        Column("name", "Kunta", lambda row: row.name, sought=True, heads=True),
        Column("population", "Asukkaita", lambda row: row.population, numeric=True),
        Column("fee", "Vuosimaksu, €", lambda row: row.fee, numeric=True),
        Column("on", "Päätetty", lambda row: row.on),
    ]
    decided: Filter[Row] = Filter(
        "decided",
        "Päätös",
        lambda row: "yes" if row.on else "no",
        [("yes", "Päätetty"), ("no", "Ei vielä")],
    )
    remind: RowAction[Row] = RowAction(
        "Muistuta",
        lambda row: "#",
        lambda row: row.name,
        sends=True,
        offered=lambda row: not row.on,
    )
    return arrange(columns, MEMBERS, request, name="jasenet", filters=[decided], actions=[remind])


def _job(**fields: Any) -> Job:
    return Job(kind="sample", title="Situation analyses", **fields)


SAMPLES: Final[dict[str, Any]] = {
    "states": ["done", "done", "done", "agreed", "free"],
    "ledger": [
        Row(label="Teemaseminaarit", used=3, total=4, url="#"),
        Row(label="Sparraukset", used=5, total=6, url="#"),
        Row(label="Kehittämispajat", used=2, total=5, url=""),
    ],
    "steps": [
        Row(label="kutsuttu", count=14, url="#"),
        Row(label="kiinnostunut", count=9, url="#"),
        Row(label="päättämässä", count=6, url="#"),
        Row(label="päätetty", count=4, url="#"),
        Row(label="mukana", count=31, url="#"),
    ],
    "tabs": [
        Row(label="Osallistujat", url="#", current=True, count=38),
        Row(label="Viestit", url="#", current=False, count=None),
        Row(label="Palaute", url="#", current=False, count=None),
    ],
    "trail": [("Tapahtumat", "#"), ("Teemaseminaari IV", "#")],
    "jobs": [
        _job(state=JobState.QUEUED),
        _job(state=JobState.RUNNING, total=31, done_count=12, doing="Kannus"),
        _job(state=JobState.DONE, total=31, done_count=31, result_url="#"),
        _job(
            state=JobState.FAILED,
            error="Tilastokeskus ei vastaa juuri nyt. Aiemmat luvut säilyivät.",
        ),
    ],
}
