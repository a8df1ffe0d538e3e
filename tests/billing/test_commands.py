"""The billing run as operators start it."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from billing.models import Invoice
from municipalities.models import Municipality
from seasons.enums import ParticipationState
from tests.municipalities.factories import MunicipalityFactory
from uso.ground.tenancy.crossing import across_municipalities

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("run_invoices", *arguments, stdout=out)
    return out.getvalue().replace("\N{NO-BREAK SPACE}", " ").splitlines()


def stored() -> list[Invoice]:
    with across_municipalities(reason="the test counts everybody's invoices"):
        return list(Invoice.objects.all())


@pytest.fixture
def members(join, kannus, jamsa) -> None:
    Municipality.objects.filter(pk=kannus.pk).update(business_id="0178455-6")
    join(kannus)
    join(jamsa, state=ParticipationState.DECIDED)


def test_preview_prints_the_sums_and_makes_nothing(members):
    lines = run("--season", "8", "--year", "2026", "--preview")

    assert [line.split() for line in lines] == [
        ["net", "VAT", "total"],
        ["Kannus", "€9,000.00", "€2,295.00", "€11,295.00"],
        ["in", "all", "€9,000.00", "€2,295.00", "€11,295.00"],
        ["Jämsä:", "The", "participation", "has", "not", "been", "confirmed."],
        ["Jämsä:", "Business", "ID", "missing"],
        ["preview:", "1", "to", "draft,", "none", "was", "made"],
    ]
    assert stored() == []


def test_run_drafts_and_repeats_without_doubles(members):
    first = run("--season", "8", "--year", "2026")
    again = run("--season", "8", "--year", "2026")

    assert (first[-1], again[-1]) == (
        "drafted: 1, drafted before: 0",
        "drafted: 0, drafted before: 1",
    )
    assert [invoice.made_by for invoice in stored()] == [None]


def test_run_takes_a_date_of_supply(members):
    run("--season", "8", "--year", "2026", "--supply-on", "2026-03-15")

    assert [invoice.supply_on for invoice in stored()] == [date(2026, 3, 15)]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--season", "99", "--year", "2026"], "There is no season 99."),
        (
            ["--season", "8", "--year", "2027"],
            "USO8 has no year 2027: its years are 2025–2026.",
        ),
        (
            ["--season", "8", "--year", "2026", "--supply-on", "2025-01-01"],
            "The date of supply lies outside 2026: give a day of that year.",
        ),
    ],
)
def test_what_cannot_be_is_one_plain_line(members, arguments, sentence):
    with pytest.raises(CommandError, match=f"^{sentence}$"):
        run(*arguments)

    assert stored() == []


@pytest.mark.parametrize("day", ["31.12.2026", "soon"])
def test_a_day_that_cannot_be_read_is_refused(members, day):
    with pytest.raises(CommandError, match="--supply-on"):
        run("--season", "8", "--year", "2026", "--supply-on", day)


def test_run_leaves_out_who_joined_after_the_year_and_says_so(members, join):
    join(MunicipalityFactory(name_fi="Heinola"), joining_year=2026)

    lines = run("--season", "8", "--year", "2025")

    (said,) = [line for line in lines if line.startswith("Heinola: Joined")]
    assert said == "Heinola: Joined in 2026, after 2025: billed for it only if you choose so."
    assert len(stored()) == 1
