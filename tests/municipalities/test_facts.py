"""The facts that come with the service: complete, and loaded twice without a change."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from municipalities import facts
from municipalities.models import Municipality, Population

pytestmark = pytest.mark.django_db


def test_load_municipalities_makes_all_308_with_their_facts():
    assert facts.load_municipalities() == 308

    kannus = Municipality.objects.get(code="217")
    assert (kannus.slug, kannus.name_sv, kannus.genitive_fi, kannus.locative_fi) == (
        "kannus",
        "Kannus",
        "Kannuksen",
        "Kannuksessa",
    )
    assert (kannus.region_fi, kannus.region_sv, kannus.language_status) == (
        "Keski-Pohjanmaa",
        "Mellersta Österbotten",
        "fi",
    )
    assert Municipality.objects.exclude(business_id="").count() == 15


def test_load_municipalities_leaves_unsure_cases_unsure():
    facts.load_municipalities()

    koski = Municipality.objects.get(slug="koski-tl")
    assert (koski.locative_fi, koski.locative_sure) == ("", False)
    assert Municipality.objects.filter(locative_sure=False).count() == 25


def test_load_municipalities_again_mends_names_and_keeps_business_ids():
    facts.load_municipalities()
    Municipality.objects.filter(code="217").update(name_fi="Kanus", business_id="0183497-7")

    facts.load_municipalities()

    kannus = Municipality.objects.get(code="217")
    assert (kannus.name_fi, kannus.business_id) == ("Kannus", "0183497-7")
    assert Municipality.objects.count() == 308


@pytest.mark.slow
def test_load_populations_sums_to_the_national_totals_and_leaves_the_gap():
    facts.load_municipalities()

    assert facts.load_populations() == 308 * 24

    totals = {
        year: sum(Population.objects.filter(year=year).values_list("count", flat=True))
        for year in (2020, 2022, 2024)
    }
    assert totals == {2020: 5_533_793, 2022: 5_563_970, 2024: 5_635_971}
    assert not Population.objects.filter(year=2023).exists()


@pytest.mark.slow
def test_load_populations_again_keeps_a_revised_figure():
    facts.load_municipalities()
    facts.load_populations()
    Population.objects.filter(municipality__code="217", year=2024).update(count=5_001)

    facts.load_populations()

    assert Municipality.objects.get(code="217").population_in(2024) == 5_001
    assert Population.objects.count() == 308 * 24


def test_mergers_stand_in_order_of_time():
    mergers = facts.mergers()

    assert len(mergers) == 12
    assert mergers[-1] == facts.Merger("588", "507", date(2025, 1, 1))


def test_names_of_both_languages_and_of_the_ended_lead_to_codes():
    codes = facts.codes_by_name()

    assert (codes["Espoo"], codes["Esbo"], codes["Pertunmaa"]) == ("049", "049", "588")
    assert set(codes.values()) >= {row for row in facts.area_codes() if row.isdigit()}


def test_migrations_make_what_the_models_say(in_english):
    out = StringIO()

    call_command("makemigrations", "municipalities", dry_run=True, no_color=True, stdout=out)

    assert out.getvalue() == "No changes detected in app 'municipalities'\n"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Äänekoski", "aanekoski"),
        ("ÅBO", "turku"),
        ("åbo", "turku"),
        ("abo", "turku"),
        ("Pargas", "parainen"),
        ("Pertunmaa", "mantyharju"),
        ("kannus", "kannus"),
        ("Nowhere", None),
    ],
)
def test_address_is_known_by_every_name(name, slug):
    assert facts.slug_of(name) == slug


def test_names_are_those_of_both_languages_and_of_earlier_municipalities():
    assert facts.names_of("853") == "Turku Åbo"
    assert facts.names_of("507") == "Mäntyharju Mäntyharju Pertunmaa"
    assert facts.names_of("999") == ""


@pytest.mark.parametrize(
    ("status", "language"), [("fi", "fi"), ("fi-sv", "fi"), ("sv-fi", "sv"), ("sv", "sv")]
)
def test_main_language_of_a_municipality_is_its_majoritys(status, language):
    assert Municipality(language_status=status).main_language == language
