"""A season written part by part, published, and then changed by amendments."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet
from django.forms import CheckboxInput
from django.test import Client
from django.urls import reverse

from municipalities.enums import Role
from seasons import queries
from seasons.actions import editing
from seasons.completeness import checks_of, lacking
from seasons.enums import EntitlementKind as Kind
from seasons.enums import LateJoining, ParticipationState, SeasonPart, SeasonState
from seasons.facts import load_seasons
from seasons.models import (
    Amendment,
    Entitlement,
    FeeTier,
    Phase,
    Season,
    SeasonContact,
    Theme,
    WorkshopTheme,
)
from tests.events.factories import EventFactory
from tests.municipalities.factories import PopulationFactory, user_with_role
from tests.pressing import carried
from tests.seasons.factories import (
    EntitlementFactory,
    ParticipationFactory,
    SeasonFactory,
    member_of,
)
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.rows import Rows
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)
Part = SeasonPart
WHY = {"reason_fi": "Verkosto päätti niin.", "holds_from": "2026-11-24"}
LATER = {**WHY, "holds_from": "2026-12-01"}
HTML = '<b onclick=x>Teema & "siilot"</b>'


@pytest.fixture
def draft(db) -> Season:
    return SeasonFactory(
        number=9, first_year=2027, last_year=2028, theme_fi="", population_year=None
    )


@pytest.fixture
def uso8(db) -> Season:
    load_seasons()
    return Season.objects.get(number=8)


@pytest.fixture
def staff(client_for, coordinator) -> Client:
    return client_for(coordinator)


def url(part: Part, number: int = 9) -> str:
    return reverse("seasons_network:edit", args=[number, part])


def rows(*each: dict, there: int = 0, **typed) -> dict:
    """Return rows as a browser sends them: in the order they are given, unless a row says its own."""
    found = {"rows-TOTAL_FORMS": len(each), "rows-INITIAL_FORMS": there}
    for n, row in enumerate(each):
        found |= {f"rows-{n}-{name}": value for name, value in {"ORDER": n + 1, **row}.items()}
    return {**found, **typed}


def send(client: Client, part: Part, typed: dict, number: int = 9):
    """Open the page of a part, and send it with what it carries."""
    page = client.get(url(part, number))
    return client.post(url(part, number), {**carried(page), **typed})


def shown_in(form) -> dict[str, str]:
    """Return what a browser sends of a form nobody has touched."""
    formset = getattr(form, "rows", None)
    rows_shown = [formset.management_form, *formset.forms] if formset else []
    found = {}
    for field in (field for each in (form, *rows_shown) for field in each):
        value, widget = field.value(), field.field.widget
        if isinstance(widget, CheckboxInput):
            found |= {field.html_name: "on"} if value else {}
        else:
            shown = widget.format_value(field.field.prepare_value(value))
            found[field.html_name] = shown[0] if isinstance(shown, list) else shown or ""
    return found


def errors(page) -> dict[str, list[str]]:
    """Return what each field of a refused page says; a row's by its number and name."""
    form = page.context["form"]
    found = {name: list(map(str, said)) for name, said in form.errors.items() if name != "rows"}
    for n, row in getattr(form, "wrong_rows", ()):
        found |= {f"{n} {name}": list(map(str, said)) for name, said in row.errors.items()}
    return found


# -- Each part saves for itself ----------------------------------------------------------------


@pytest.mark.parametrize("part", list(Part))
def test_page_of_each_part_shows_what_is_there(uso8, staff, part):
    page = staff.get(url(part, 8))

    assert page.status_code == 200
    assert "muutoksen syy" in page.text.lower()


@pytest.mark.parametrize("part", list(Part))
def test_part_sent_back_as_it_is_shown_changes_nothing(uso8, staff, part):
    uso8.population_year, uso8.billing_months, uso8.late_joining = 2024, [3, 9], "by_months"
    uso8.save()
    SeasonContact.objects.create(
        season=uso8, position=1, name="Maija Malli", title_fi="johtaja", phone="+358401234567"
    )

    page = staff.get(url(part, 8))
    sent = staff.post(url(part, 8), {**shown_in(page.context["form"]), **carried(page), **WHY})

    assert sent.status_code == 422
    assert errors(sent) == {"__all__": ["Mikään ei muuttunut, joten muutosta ei tallennettu."]}
    assert not Amendment.objects.exists()


def test_population_year_that_is_not_known_yet_stays(draft, staff, kannus):
    PopulationFactory(municipality=kannus, year=2024)
    Season.objects.filter(pk=draft.pk).update(population_year=2026)

    page = staff.get(url(Part.TERMS))
    form = page.context["form"]
    staff.post(url(Part.TERMS), {**shown_in(form), **carried(page), "vat_on_top": "on"})

    assert list(form.fields["population_year"].choices)[1:] == [
        (2026, "2026 (ei vielä tiedossa)"),
        (2024, "2024"),
    ]
    draft.refresh_from_db()
    assert (draft.population_year, draft.vat_on_top) == (2026, True)


def test_unknown_part_is_not_found(draft, staff):
    assert staff.get("/seasons/9/edit/nothing/").status_code == 404


def test_ended_season_is_not_edited(uso8, staff):
    page = staff.get(url(Part.THEMES, 7))

    assert (page.status_code, "form" in page.context) == (200, False)
    with pytest.raises(RuleViolation, match="päättynyt"):
        edit(Season.objects.get(number=7), Part.BASICS, {"theme_fi": "Uusi"}, None)


def test_basics_are_written_in_three_languages(draft, staff):
    typed = {
        "number": "10",
        "first_year": "2029",
        "last_year": "2030",
        "theme_fi": "Yhdessä eteenpäin",
        "theme_sv": "Tillsammans framåt",
        "background_fi": "Uusi valtuustokausi\n\n - Toinen  syy ",
    }

    answer = send(staff, Part.BASICS, typed)

    season = Season.objects.get(pk=draft.pk)
    assert answer.url == url(Part.BASICS, 10)
    assert (season.number, season.years, season.theme_sv) == (10, "2029–2030", "Tillsammans framåt")
    assert season.background_fi == ["Uusi valtuustokausi", "Toinen syy"]


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"number": "8"}, "number", "USO8:n vuodet ovat 2025–2026: valitse toinen numero."),
        (
            {"first_year": "2026"},
            "first_year",
            "USO8:n vuodet ovat 2025–2026: valitse vuodet, joita muilla kausilla ei ole.",
        ),
        (
            {"last_year": "2026"},
            "last_year",
            "Viimeinen vuosi on ennen ensimmäistä: muuta toista niistä.",
        ),
        (
            {"background_fi": f"Syy\n{'x' * 201}"},
            "background_fi",
            "Rivillä 2 on 201 merkkiä: lyhennä enintään 200 merkkiin tai jaa useammalle riville.",
        ),
        (
            {"background_fi": "x\n" * 31},
            "background_fi",
            "Rivejä on 31: jätä enintään 30.",
        ),
    ],
)
def test_wrong_basics_are_refused_at_their_field(draft, uso8, staff, typed, field, said):
    good = {"number": "9", "first_year": "2027", "last_year": "2028"}

    page = send(staff, Part.BASICS, good | typed)

    assert (page.status_code, errors(page)) == (422, {field: [said]})
    assert Season.objects.get(pk=draft.pk).years == "2027–2028"


def test_themes_come_in_the_order_given_with_a_topic_a_line(draft, staff):
    first = {"name_fi": "Toinen", "ORDER": "2"}
    second = {
        "name_fi": "Ensimmäinen",
        "ORDER": "1",
        "topics_fi": "Yksi\nKaksi",
        "topics_sv": "Ett",
    }

    answer = send(staff, Part.THEMES, rows(first, second, {"ORDER": ""}))

    assert answer.status_code == 302
    found = Theme.objects.filter(season=draft).order_by("position")
    assert [(row.position, row.name_fi, row.topics_fi, row.topics_sv) for row in found] == [
        (1, "Ensimmäinen", ["Yksi", "Kaksi"], ["Ett"]),
        (2, "Toinen", [], []),
    ]


def test_rows_change_places_and_go(draft, staff):
    one, two, three = (
        Theme.objects.create(season=draft, position=n, name_fi=f"Teema {n}") for n in (1, 2, 3)
    )
    typed = rows(
        {"id": one.pk, "name_fi": "Teema 1", "ORDER": "3"},
        {"id": two.pk, "name_fi": "Teema 2", "DELETE": "on"},
        {"id": three.pk, "name_fi": "Teema 3 uusin sanoin", "ORDER": "1"},
        there=3,
    )

    send(staff, Part.THEMES, typed)

    found = Theme.objects.filter(season=draft).order_by("position")
    assert [(row.pk, row.name_fi) for row in found] == [
        (three.pk, "Teema 3 uusin sanoin"),
        (one.pk, "Teema 1"),
    ]


def test_phases_stand_by_their_days(draft, staff):
    autumn = {"name_fi": "Syksy", "starts_on": "2027-07-01", "ends_on": "2027-12-31"}
    spring = {"name_fi": "Kevät", "starts_on": "2027-01-01", "ends_on": "2027-06-30"}

    send(staff, Part.PHASES, rows(autumn, spring))

    found = Phase.objects.filter(season=draft).order_by("position")
    assert [row.name_fi for row in found] == ["Kevät", "Syksy"]


@pytest.mark.parametrize(
    ("days", "wrong"),
    [
        (
            [("2027-01-01", "2026-06-30")],
            {"1 ends_on": ["Viimeinen päivä on ennen ensimmäistä: muuta toista niistä."]},
        ),
        (
            [("2026-12-31", "2027-06-30")],
            {"1 starts_on": ["Kausi on 1.1.2027–31.12.2028: valitse päivä siltä väliltä."]},
        ),
        (
            [("2027-01-01", "2027-06-30"), ("2027-06-30", "2027-12-31")],
            {"2 starts_on": ["”Vaihe 0” päättyy 30.6.2027: aloita sen jälkeen."]},
        ),
    ],
)
def test_phases_lie_in_the_season_and_apart(draft, staff, days, wrong):
    typed = [
        {"name_fi": f"Vaihe {n}", "starts_on": first, "ends_on": last}
        for n, (first, last) in enumerate(days)
    ]

    page = send(staff, Part.PHASES, rows(*typed))

    assert (page.status_code, errors(page)) == (422, wrong)
    assert not Phase.objects.filter(season=draft).exists()


def test_package_says_how_many_over_which_time_and_for_whom(draft, staff):
    typed = rows(
        {"kind": "seminar", "quantity": "4", "span": "yearly", "name_fi": "Seminaarit"},
        {"kind": "contact_meeting", "span": "ongoing"},
        {"kind": "workshop", "quantity": "5", "span": "season", "whose": "own"},
    )

    send(staff, Part.PACKAGE, typed)

    found = Entitlement.objects.filter(season=draft).order_by("position")
    assert [
        (row.kind, row.quantity, row.yearly, row.ongoing, row.for_each_municipality)
        for row in found
    ] == [
        (Kind.SEMINAR, 4, True, False, False),
        (Kind.CONTACT_MEETING, None, False, True, False),
        (Kind.WORKSHOP, 5, False, False, True),
    ]


@pytest.mark.parametrize(
    ("second", "wrong"),
    [
        (
            {"kind": "seminar"},
            {"2 kind": ["Paketissa on jo tämän lajin rivi: käytä sitä."]},
        ),
        (
            {"kind": "reviews", "quantity": "2", "span": "ongoing"},
            {"2 quantity": ["Koko kauden ajan jatkuvalla ei ole lukumäärää: jätä se tyhjäksi."]},
        ),
        (
            {"kind": "reviews", "span": "yearly"},
            {"2 quantity": ["Anna määrä vuodessa."]},
        ),
        (
            {"kind": "reviews", "quantity": "-2"},
            {"2 quantity": ["Kirjoita luku, joka on vähintään 1."]},
        ),
    ],
)
def test_wrong_lines_of_the_package_are_refused(draft, staff, second, wrong):
    page = send(staff, Part.PACKAGE, rows({"kind": "seminar", "quantity": "4"}, second))

    assert errors(page) == wrong


def test_two_lines_may_change_kinds_with_each_other(draft, staff):
    one = EntitlementFactory(season=draft, kind=Kind.SEMINAR, position=1, quantity=4)
    two = EntitlementFactory(season=draft, kind=Kind.SPARRING, position=2, quantity=6)
    typed = rows({"id": one.pk, "kind": "sparring"}, {"id": two.pk, "kind": "seminar"}, there=2)

    send(staff, Part.PACKAGE, typed)

    found = Entitlement.objects.filter(season=draft)
    assert dict(found.values_list("pk", "kind")) == {one.pk: "sparring", two.pk: "seminar"}


def test_terms_say_when_the_fee_is_billed(draft, staff, kannus):
    PopulationFactory(municipality=kannus, year=2026)
    typed = {
        "population_year": "2026",
        "travel_on_top": "on",
        "first_month": "9",
        "second_month": "3",
        "late_joining": LateJoining.BY_MONTHS,
    }

    send(staff, Part.TERMS, typed)

    season = Season.objects.get(pk=draft.pk)
    assert (season.population_year, season.billing_months) == (2026, [3, 9])
    assert (season.vat_on_top, season.travel_on_top) == (False, True)
    assert season.late_joining == LateJoining.BY_MONTHS


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"first_month": "3", "second_month": "3"}, "second_month"),
        ({"second_month": "3"}, "first_month"),
        ({"population_year": "1950"}, "population_year"),
    ],
)
def test_wrong_terms_are_refused_at_their_field(draft, staff, typed, wrong):
    page = send(staff, Part.TERMS, typed)

    assert (page.status_code, list(errors(page))) == (422, [wrong])


def test_subjects_and_contacts_are_rows_too(draft, staff):
    send(staff, Part.WORKSHOP_THEMES, rows({"name_fi": "Strategia"}))
    send(staff, Part.CONTACTS, rows({"name": "Aino Laine", "email": "AINO@uso.example"}))

    assert WorkshopTheme.objects.get(season=draft).name_fi == "Strategia"
    assert SeasonContact.objects.get(season=draft).email == "aino@uso.example"


def test_wrong_address_of_a_contact_is_refused_at_its_field(draft, staff):
    page = send(staff, Part.CONTACTS, rows({"name": "Aino Laine", "email": "aino@"}))

    assert errors(page) == {
        "1 email": ["Kirjoita sähköpostiosoite, esimerkiksi nimi@esimerkki.fi."]
    }
    assert "Yhteyshenkilö 1, " in page.text


def test_html_appears_as_typed(draft, staff):
    send(staff, Part.BASICS, {
        "number": "9", "first_year": "2027", "last_year": "2028",
        "theme_fi": HTML, "background_fi": HTML,
    })  # fmt: skip
    send(staff, Part.THEMES, rows({"name_fi": HTML, "topics_fi": HTML}))
    send(staff, Part.PACKAGE, rows({"kind": "seminar", "name_fi": HTML}))
    send(staff, Part.WORKSHOP_THEMES, rows({"name_fi": HTML}))
    send(staff, Part.CONTACTS, rows({"name": HTML, "organisation": HTML, "title_fi": HTML}))
    spring = {"name_fi": HTML, "focus_fi": HTML, "starts_on": "2027-01-01", "ends_on": "2027-06-30"}
    send(staff, Part.PHASES, rows(spring))

    pages = [staff.get(reverse("seasons_network:detail", args=[9]))]
    pages += [staff.get(url(part)) for part in Part]

    assert all("<b onclick" not in page.text for page in pages)
    assert pages[0].text.count("&lt;b onclick=x&gt;Teema &amp; &quot;siilot&quot;&lt;/b&gt;") >= 10


def test_a_book_pasted_into_a_topic_is_refused_and_comes_back(draft, staff):
    book = "x" * 200_000

    page = send(staff, Part.THEMES, rows({"name_fi": "Teema", "topics_fi": book}))

    (said,) = errors(page)["1 topics_fi"]
    assert said.startswith("Rivillä 1 on 200000 merkkiä")
    assert book in page.text


def test_more_of_a_kind_than_anybody_could_hold_is_refused(draft, staff):
    page = send(staff, Part.PACKAGE, rows({"kind": "seminar", "quantity": "100"}))

    assert list(errors(page)) == ["1 quantity"]
    assert "99" in str(errors(page))
    assert not Entitlement.objects.exists()


def test_too_many_rows_are_refused(draft, staff):
    page = send(staff, Part.WORKSHOP_THEMES, rows(*[{"name_fi": "Aihe"}] * 61))

    assert errors(page)["__all__"] == ["Rivejä mahtuu 60."]


def test_rows_without_their_count_are_refused(draft, staff):
    assert staff.post(url(Part.THEMES), {"rows-0-name_fi": "Teema"}).status_code == 422


# -- Fee tiers ---------------------------------------------------------------------------------


def tiers(season: Season) -> list[tuple[str, Decimal | None]]:
    found = FeeTier.objects.filter(season=season).order_by("population")
    return [(tier.limits.replace("\xa0", " "), tier.annual_fee_eur) for tier in found]


def test_tiers_are_made_of_the_limits_a_brochure_prints(draft, staff):
    typed = rows(
        {"limit": "45 000", "annual_fee_eur": "12 000,50"},
        {"limit": "9000", "annual_fee_eur": "9 000"},
        top_fee_eur="16000",
    )

    send(staff, Part.FEES, typed)

    assert tiers(draft) == [
        ("alle 9 000 asukasta", Decimal(9_000)),
        ("9 000–45 000 asukasta", Decimal("12000.50")),
        ("yli 45 000 asukasta", Decimal(16_000)),
    ]


def test_page_of_the_tiers_shows_the_limits_as_printed(uso8, staff):
    page = staff.get(url(Part.FEES, 8))

    shown = re.findall(r'name="rows-\d-limit" value="([^"]*)"', page.text)
    assert [limit.replace("\xa0", " ") for limit in shown] == ["9 000", "45 000"]
    assert [stretch.tier.limits for stretch in page.context["number_line"]] == [
        tier.limits for tier in FeeTier.objects.filter(season=uso8).order_by("population")
    ]


def test_one_fee_for_all_and_none_at_all(draft, staff):
    send(staff, Part.FEES, rows(top_fee_eur="9000"))
    assert tiers(draft) == [("kaikki kunnat", Decimal(9_000))]

    send(staff, Part.FEES, rows())
    assert tiers(draft) == []


def test_draft_may_leave_a_fee_open(draft, staff):
    send(staff, Part.FEES, rows({"limit": "9000"}, top_fee_eur=""))

    assert [fee for _limits, fee in tiers(draft)] == [None, None]


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (
            {"limit": "9 000", "annual_fee_eur": "1"},
            {"2 limit": ["Toinen luokka päättyy jo 9 000 asukkaaseen: anna tälle oma raja."]},
        ),
        (
            {"limit": "20 000", "annual_fee_eur": "9000,555"},
            {"2 annual_fee_eur": ["Kirjoita summa euroina ja sentteinä, esimerkiksi 9 000,50."]},
        ),
        (
            {"limit": "20 000", "annual_fee_eur": "-1"},
            {"2 annual_fee_eur": ["Kirjoita luku, joka on vähintään 0."]},
        ),
        (
            {"limit": "", "annual_fee_eur": "9000"},
            {"2 limit": ["Täytä kohta ”Raja (asukasta)”."]},
        ),
        (
            {"limit": "0", "annual_fee_eur": "9000"},
            {"2 limit": ["Kirjoita luku, joka on vähintään 1."]},
        ),
    ],
)
def test_wrong_tiers_are_refused_at_their_field(draft, staff, row, wrong):
    typed = rows({"limit": "9000", "annual_fee_eur": "9000"}, row, top_fee_eur="16000")

    page = send(staff, Part.FEES, typed)

    plain = {name: [s.replace("\xa0", " ") for s in said] for name, said in errors(page).items()}
    assert plain == wrong
    assert tiers(draft) == []


# -- Two at once -------------------------------------------------------------------------------


def test_the_second_is_told_and_loses_nothing(draft, staff):
    Theme.objects.create(season=draft, position=1, name_fi="Yksi")
    late = carried(staff.get(url(Part.THEMES)))
    (one,) = Theme.objects.all()
    send(staff, Part.THEMES, rows({"id": one.pk, "name_fi": "Yksi"}, {"name_fi": "Kaksi"}, there=1))
    typed = rows({"id": one.pk, "name_fi": "Yksi"}, {"name_fi": "Kolme"}, there=1)

    refused = staff.post(url(Part.THEMES), {**late, **typed})

    (said,) = errors(refused)["__all__"]
    assert re.match(r"Tämä on muuttunut sillä välin \(Aino .*\): uutta: 2\. Kaksi\.", said)
    assert ">\nKolme</textarea>" in refused.text
    assert staff.post(url(Part.THEMES), {**carried(refused), **typed}).status_code == 302
    found = Theme.objects.filter(season=draft).order_by("position")
    assert [row.name_fi for row in found] == ["Yksi", "Kolme", "Kaksi"]


def test_who_changed_a_fact_meanwhile_is_named(draft, staff, client_for, kannus):
    maija = user_with_role(Role.COORDINATOR, first_name="Maija", last_name="Toinen")
    late = carried(staff.get(url(Part.TERMS)))
    send(client_for(maija), Part.TERMS, {"vat_on_top": "on", "travel_on_top": "on"})

    refused = staff.post(url(Part.TERMS), {**late, "vat_on_top": "on"})

    (said,) = errors(refused)["__all__"]
    assert said.startswith("Tämä on muuttunut sillä välin (Maija Toinen, ")
    assert "Asiantuntijoiden matkakulut laskutetaan lisäksi" in said
    assert staff.get(url(Part.TERMS)).context["form"].initial["travel_on_top"] is True


def test_who_removed_a_row_meanwhile_is_named(draft, staff, client_for):
    maija = user_with_role(Role.COORDINATOR, first_name="Maija", last_name="Toinen")
    row = Theme.objects.create(season=draft, position=1, name_fi="Yksi")
    late = carried(staff.get(url(Part.THEMES)))
    removal = rows({"id": row.pk, "name_fi": "Yksi", "DELETE": "on"}, there=1)
    send(client_for(maija), Part.THEMES, removal)

    refused = staff.post(url(Part.THEMES), {**late, **rows({"name_fi": "Kaksi"})})

    (said,) = errors(refused)["__all__"]
    assert said.startswith("Tämä on muuttunut sillä välin (Maija Toinen, ")


def test_what_is_drawn_of_a_draft_is_not_saved_without_a_reason_once_published(uso8):
    with pytest.raises(RuleViolation, match="muutoksella"):
        edit(uso8, Part.BASICS, {"theme_fi": "Uusi"}, None)


# -- Amendments --------------------------------------------------------------------------------


def edit(season, part, content, by, reason: str = "Näin päätettiin.", **given):
    why = editing.Reason({"fi": reason, "sv": "", "en": ""}, date(2026, 11, 24)) if by else None
    return editing.edit_part(
        season=season, part=part, content=content, reason=why, by=by, at=AT, **given
    )


def test_published_season_changes_by_an_amendment_in_three_languages(uso8, staff, coordinator):
    send(staff, Part.BASICS, {"theme_fi": "Uusi teema", "theme_sv": "Nytt tema", **LATER}, number=8)

    amendment = Amendment.objects.get()
    assert Season.objects.get(number=8).theme_fi == "Uusi teema"
    assert (amendment.part, amendment.by, amendment.holds_from) == (
        Part.BASICS,
        coordinator,
        date(2026, 12, 1),
    )
    assert amendment.changes["fi"][0] == ["Kauden teema", "Siiloista silloille", "Uusi teema"]
    assert amendment.changes["sv"][0] == ["Säsongens tema", "Från silor till broar", "Nytt tema"]
    assert amendment.changes["en"][0] == ["Lead theme", "From silos to bridges", "Uusi teema"]


@pytest.mark.parametrize("state", [ParticipationState.CONFIRMED, ParticipationState.WITHDRAWN])
def test_vat_stays_as_it_was_confirmed(uso8, staff, kannus, state):
    with scope(kannus.pk):
        member_of(uso8, kannus, state=state)
    season = {"population_year": "", "first_month": "2", "second_month": "", "late_joining": ""}
    vat = {"vat_on_top": "on"} if uso8.vat_on_top else {}
    other = {} if vat else {"vat_on_top": "on"}

    refused = send(staff, Part.TERMS, {**season, **other, **WHY}, number=8)

    assert errors(refused) == {
        "vat_on_top": [
            "Kaudelle on vahvistettu jäseniä, ja heidän ehtonsa eivät muutu: jätä arvonlisävero ennalleen."
        ]
    }
    assert Season.objects.get(number=8).vat_on_top == uso8.vat_on_top
    assert send(staff, Part.TERMS, {**season, **vat, **WHY}, number=8).status_code == 302


def test_vat_changes_while_nobody_is_confirmed(uso8, staff, kannus):
    with scope(kannus.pk):
        ParticipationFactory(season=uso8, municipality=kannus, state=ParticipationState.DECIDED)
    other = {} if uso8.vat_on_top else {"vat_on_top": "on"}

    assert (
        send(staff, Part.TERMS, {"first_month": "2", **other, **WHY}, number=8).status_code == 302
    )
    assert Season.objects.get(number=8).vat_on_top != uso8.vat_on_top


def test_amendment_needs_its_reason_and_day(uso8, staff):
    page = send(staff, Part.BASICS, {"theme_fi": "Uusi"}, number=8)

    assert list(errors(page)) == ["reason_fi", "holds_from"]
    assert not Amendment.objects.exists()


def test_amendment_holds_from_no_day_after_the_season(uso8, staff):
    why = {**WHY, "holds_from": "2027-01-01"}

    page = send(staff, Part.BASICS, {"theme_fi": "Uusi", **why}, number=8)

    assert errors(page) == {"holds_from": ["Päivä ei ole kaudella 2025–2026."]}


@pytest.mark.parametrize("part", [Part.FEES, Part.TERMS])
def test_what_the_next_confirmation_is_priced_by_holds_from_no_later_day(uso8, staff, part):
    sent = {
        Part.FEES: rows(top_fee_eur="9000"),
        Part.TERMS: {"first_month": "2"},
    }[part]

    page = send(staff, part, {**sent, **WHY, "holds_from": "2026-11-25"}, number=8)

    assert errors(page)["holds_from"] == [
        "Maksut ja niiden ehdot muuttuvat heti: anna kuluva päivä tai aiempi, tai tee muutos sinä päivänä, josta se on voimassa."
    ]
    assert page.context["form"].fields["holds_from"].widget.attrs["max"] == "2026-11-24"
    assert not Amendment.objects.exists()


def test_no_change_is_no_amendment(uso8, staff):
    shown = {
        f"{name}_{language}": "\n".join(value) if isinstance(value, list) else value
        for language in ("fi", "sv", "en")
        for name in ("theme", "background")
        if (value := getattr(uso8, f"{name}_{language}"))
    }

    page = send(staff, Part.BASICS, {**shown, **WHY}, number=8)

    assert errors(page) == {"__all__": ["Mikään ei muuttunut, joten muutosta ei tallennettu."]}
    assert not Amendment.objects.exists()


def test_number_and_years_of_a_published_season_stay(uso8, staff, coordinator):
    assert 'name="first_year"' not in staff.get(url(Part.BASICS, 8)).text
    with pytest.raises(RuleViolation, match="vuodet"):
        edit(uso8, Part.BASICS, {"first_year": 2024}, coordinator)


def test_words_of_one_language_alone_are_an_amendment_there(uso8, coordinator):
    edit(uso8, Part.BASICS, {"theme_sv": "Broar"}, coordinator)

    assert {k: len(v) for k, v in Amendment.objects.get().changes.items()} == {
        "fi": 0,
        "sv": 1,
        "en": 0,
    }


def test_changed_order_is_told_as_one_change(uso8, coordinator):
    kept = [{"id": row.pk, "name_fi": row.name_fi} for row in uso8.themes.order_by("position")]

    edit(uso8, Part.THEMES, Rows((kept[1], kept[0], kept[2]), frozenset()), coordinator)

    ((what, was, now),) = Amendment.objects.get().changes["fi"]
    assert what == "Järjestys"
    assert was.split("; ")[:2] == now.split("; ")[1::-1]


def test_added_and_removed_lines_are_told(uso8, coordinator):
    gone = Entitlement.objects.get(season=uso8, kind=Kind.LIVE_CONTACT_MEETING)
    new = {"kind": Kind.FORESIGHT, "quantity": 1}

    edit(uso8, Part.PACKAGE, Rows((new,), frozenset({gone.pk})), coordinator)

    changes = Amendment.objects.get().changes["fi"]
    assert [
        "Yhteinen ennakointiprosessi",
        "–",
        "Yhteinen ennakointiprosessi, 1, yhteinen",
    ] in changes
    assert ["Yhdyshenkilöiden tapaamiset paikan päällä", "Yhdyshenkilötapaamiset paikan päällä, 2, yhteinen", "–"] in changes  # fmt: skip


def test_confirmed_fees_never_move(uso8, kannus, coordinator, staff):
    with scope(kannus.pk):
        member = member_of(uso8, kannus)
    low = member.fee_tier
    typed = rows(
        {"limit": "10 000", "annual_fee_eur": "9 500"},
        {"limit": "45 000", "annual_fee_eur": "12 000"},
        top_fee_eur="16 000",
        **WHY,
    )

    assert send(staff, Part.FEES, typed, number=8).status_code == 302

    low.refresh_from_db()
    assert (low.replaced_at is None, low.annual_fee_eur, low.lower, low.upper) == (
        False,
        9_000,
        0,
        9_000,
    )
    assert tiers(uso8)[0] == ("alle 10 000 asukasta", Decimal(9_500))
    shown = staff.get(reverse("seasons_network:member", args=[8, "kannus"])).context["member"]
    assert (shown.tier, shown.annual_fee_eur) == (low, 9_000)
    billed = staff.get(reverse("billing_network:year", args=[8, 2026]))
    (row,) = billed.context["table"].rows
    assert (row.participation.annual_fee_eur, row.tier_limits) == (9_000, low.limits)
    (change, *_others) = Amendment.objects.get().changes["fi"]
    assert change == ["alle 10\xa0000 asukasta", "–", "9\xa0500,00\xa0€"]


def test_tier_that_stays_is_neither_replaced_nor_made_anew(uso8, kannus, coordinator, staff):
    before = set(FeeTier.objects.filter(season=uso8).values_list("pk", flat=True))
    typed = rows(
        {"limit": "9 000", "annual_fee_eur": "9 000"},
        {"limit": "45 000", "annual_fee_eur": "12 000"},
        top_fee_eur="17 000",
        **WHY,
    )

    send(staff, Part.FEES, typed, number=8)

    now = set(FeeTier.ever.filter(season=uso8).values_list("pk", flat=True))
    assert len(before & now) == 2
    assert len(now) == 3


def test_published_season_prices_everybody(uso8, staff):
    page = send(staff, Part.FEES, rows({"limit": "9000"}, top_fee_eur="", **WHY), number=8)

    assert set(errors(page)) == {"1 annual_fee_eur", "top_fee_eur"}


def test_only_what_rests_on_a_row_puts_it_in_use(uso8, coordinator, monkeypatch):
    def refuse(*_args) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE 'no' USING ERRCODE = 'check_violation'; END $$")

    theme = uso8.themes.order_by("position").first()
    monkeypatch.setattr(QuerySet, "_raw_delete", refuse)

    with pytest.raises(IntegrityError, match="no"):
        edit(uso8, Part.THEMES, Rows((), frozenset({theme.pk})), coordinator)


def test_phase_with_an_event_and_a_wished_subject_are_not_removed(uso8, coordinator):
    phase = uso8.phases.order_by("position").first()
    EventFactory(season=uso8, phase=phase)

    with pytest.raises(RuleViolation, match="käytössä"):
        edit(uso8, Part.PHASES, Rows((), frozenset({phase.pk})), coordinator)

    assert Phase.objects.filter(pk=phase.pk).exists()
    assert not Amendment.objects.exists()


def test_phases_of_two_editors_stay_apart(draft, coordinator):
    Phase.objects.create(
        season=draft, position=1, name_fi="Kevät",
        starts_on=date(2027, 1, 1), ends_on=date(2027, 6, 30),
    )  # fmt: skip
    late = {"name_fi": "Kesä", "starts_on": date(2027, 6, 1), "ends_on": date(2027, 8, 31)}

    with pytest.raises(RuleViolation, match="yhteisiä päiviä"):
        edit(draft, Part.PHASES, Rows((late,), frozenset()), coordinator)


def test_two_editors_adding_one_kind_are_told(draft, coordinator):
    EntitlementFactory(season=draft, kind=Kind.SEMINAR)

    with pytest.raises(RuleViolation, match="kaksi riviä"):
        edit(draft, Part.PACKAGE, Rows(({"kind": Kind.SEMINAR},), frozenset()), coordinator)


def test_amendments_are_read_latest_first_in_the_readers_language(uso8, coordinator, staff):
    edit(uso8, Part.BASICS, {"theme_fi": "Toinen"}, coordinator, "Ensimmäinen syy")
    edit(
        Season.objects.get(number=8), Part.BASICS, {"theme_sv": "Broar"}, coordinator, "Toinen syy"
    )

    latest, first = queries.amendments(uso8)

    assert (latest.amendment.reason, first.amendment.reason) == ("Toinen syy", "Ensimmäinen syy")
    assert (latest.changes, first.part) == ([], "Kauden teema ja miksi nyt")
    page = staff.get(reverse("seasons_network:amendments", args=[8]))
    assert page.text.index("Toinen syy") < page.text.index("Ensimmäinen syy")
    assert "Vain toisen kielen sanat muuttuivat." in page.text


# -- A new season, and publishing --------------------------------------------------------------


def test_empty_season_is_made_once(uso8, staff):
    address = reverse("seasons_network:make_empty")
    typed = {"number": "9", "first_year": "2027", "last_year": "2028"}
    press = {**carried(staff.get(address)), **typed}

    answers = [staff.post(address, press) for _ in range(2)]

    assert [answer.url for answer in answers] == ["/seasons/9/"] * 2
    assert Season.objects.get(number=9).state == SeasonState.DRAFT


def test_new_season_takes_no_years_of_another(uso8, staff):
    typed = {"number": "9", "first_year": "2026", "last_year": "2027"}

    page = staff.post(reverse("seasons_network:make_empty"), typed)

    assert list(errors(page)) == ["first_year"]
    assert not Season.objects.filter(number=9).exists()


def test_empty_draft_lacks_everything_each_with_its_part(draft, staff):
    missing = lacking(checks_of(queries.content_of(draft)))

    assert [(check.part, check.must) for check in missing] == [
        (Part.FEES, True),
        (Part.FEES, True),
        (Part.PACKAGE, True),
        (Part.BASICS, False),
        (Part.BASICS, False),
        (Part.THEMES, False),
        (Part.PHASES, False),
        (Part.WORKSHOP_THEMES, False),
        (Part.CONTACTS, False),
        (Part.TERMS, False),
        (Part.TERMS, False),
        (Part.TERMS, False),
    ]
    page = staff.get(reverse("seasons_network:open", args=[9]))
    assert all(f'href="{url(check.part)}"' in page.text for check in missing)
    assert "Julkaise kausi</button>" not in page.text


def test_whole_season_lacks_what_the_documents_leave_open_alone(uso8):
    assert [check.label for check in lacking(checks_of(queries.content_of(uso8)))] == [
        "Yhteyshenkilöt",
        "Maksun ratkaisevan väkiluvun vuosi",
        "Kuukaudet, joina vuoden maksu laskutetaan",
        "Kesken kauden liittyvän ensimmäisen vuoden maksu",
    ]


def test_question_of_publishing_is_asked_anew_where_the_season_lacks_something_else(
    draft, staff, coordinator
):
    EntitlementFactory(season=draft)
    FeeTier.objects.create(season=draft, population=(0, None), annual_fee_eur=9_000)
    address = reverse("seasons_network:open", args=[9])
    late = carried(staff.get(address))
    Season.objects.filter(pk=draft.pk).update(theme_fi="Yhdessä")

    refused = staff.post(address, late)

    assert "Kauden teema: Ei nimetty → kunnossa" in refused.context["refused"]
    assert staff.post(address, carried(refused)).status_code == 302
    assert Season.objects.get(pk=draft.pk).state == SeasonState.OPEN


def test_missing_swedish_words_are_counted_by_part(uso8):
    Theme.objects.filter(season=uso8, position=1).update(name_sv="", topics_sv=[])

    labels = {check.label: check.missing for check in checks_of(queries.content_of(uso8))}

    assert labels["Ruotsinkieliset tekstit: Teemat"] == "puuttuu 2"


def test_days_without_a_phase_and_phases_outside_are_named(uso8):
    Phase.objects.filter(season=uso8, position=2).delete()
    Phase.objects.filter(season=uso8, position=4).update(ends_on=date(2027, 1, 31))

    (said,) = [c.missing for c in checks_of(queries.content_of(uso8)) if c.part == Part.PHASES][:1]

    assert said == (
        "Syksy 2026 ei ole kaudella 2025–2026; 1.7.–31.12.2025 ei kuulu mihinkään vaiheeseen"
    )


# -- What municipalities read ------------------------------------------------------------------


def test_municipality_reads_the_season_and_its_amendments(
    uso8, kannus, kannus_contact, client_for, coordinator
):
    edit(uso8, Part.BASICS, {"theme_fi": "Uusi teema"}, coordinator, "Näin <b>päätettiin</b>.")
    reader = client_for(kannus_contact)

    page = reader.get("/k/kannus/seasons/8/")

    assert "Siiloista silloille</td>" in page.text
    assert "Näin &lt;b&gt;päätettiin&lt;/b&gt;." in page.text
    assert "9\xa0000–45\xa0000 asukasta" in page.text
    assert "/edit/" not in page.text
    assert 'href="/k/kannus/seasons/8/"' in reader.get("/k/kannus/").text


@pytest.mark.parametrize("state", [None, *ParticipationState])
def test_draft_is_shown_to_no_municipality(draft, kannus, kannus_contact, client_for, state):
    if state:
        with scope(kannus.pk):
            member_of(draft, kannus, state=state)

    assert client_for(kannus_contact).get("/k/kannus/seasons/9/").status_code == 404


def test_stranger_reads_the_amendments_on_the_public_page(uso8, coordinator, client):
    edit(uso8, Part.BASICS, {"theme_fi": "Uusi teema"}, coordinator)

    page = client.get(reverse("brochure:page", args=[8]))

    assert "Näin päätettiin." in page.text
    assert "Voimassa 24.11.2026 alkaen" in page.text
