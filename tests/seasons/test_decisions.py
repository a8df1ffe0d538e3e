"""The board's decision as it is recorded, its file, the people it names, and who joins late."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.utils import DataError, InternalError, OperationalError, ProgrammingError
from django.test import Client
from django.urls import reverse

from billing.queries import year_fees
from municipalities.enums import Role
from municipalities.models import Invitation, Membership, User
from seasons.actions import joining
from seasons.enums import LateJoining, ParticipationState
from seasons.models import DecisionDocument, Participation, Season
from tests.billing.factories import vat_rates
from tests.clock import NOW, TODAY
from tests.municipalities.factories import MembershipFactory, PopulationFactory, UserFactory
from tests.pressing import press
from tests.seasons.factories import FeeTierFactory, ParticipationFactory, SeasonFactory
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.uploads import MEGABYTE
from uso.ground.mail.models import Message
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
TYPED = {
    "decided_by_fi": "Kaupunginhallitus", "decided_on": "2024-10-22", "decision_section": "140",
    "diary_number": "195/00.01.03/2024", "contact_fi": "kaupunginjohtaja", "on_site_fi": "johtoryhmä",
}  # fmt: skip
DECIDE, CONFIRM = "/seasons/8/members/kannus/decision/", "/seasons/8/members/kannus/confirm/"
NETWORK_FILE, OWN_FILE = (
    "/seasons/8/members/kannus/decision/file/",
    "/k/kannus/seasons/8/decision/file/",
)


@pytest.fixture
def season(db) -> Season:
    season = SeasonFactory(number=8)
    FeeTierFactory(season=season, population=(0, None))
    Season.objects.filter(pk=season.pk).update(state="open")
    season.refresh_from_db()
    return season


@pytest.fixture
def invited(season, kannus) -> Participation:
    PopulationFactory(municipality=kannus, year=2024, count=5_264)
    with scope(kannus.pk):
        return ParticipationFactory(season=season, municipality=kannus)


@pytest.fixture
def staff(client_for, coordinator) -> Client:
    return client_for(coordinator)


def stored(row: Participation) -> Participation:
    with across_municipalities(reason="the test looks at a row"):
        return Participation.objects.select_related("season", "municipality").get(pk=row.pk)


def pdf(content: bytes = PDF, name: str = "ote.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def record(row: Participation, **fields: object) -> None:
    with scope(row.municipality_id):
        Participation.objects.filter(pk=row.pk).update(
            state=ParticipationState.DECIDED, decided_by_fi="Kaupunginhallitus",
            **{"decided_on": date(2024, 10, 22), **fields},
        )  # fmt: skip


def wrong(answer) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return answer.context["form"].errors


# -- What is recorded ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "decision", "diary"),
    [
        ({}, "Kaupunginhallitus 22.10.2024 § 140", "195/00.01.03/2024"),
        (
            {"decided_by_fi": "Khall", "decided_on": "2022-11-14", "decision_section": "§ 344", "diary_number": "1256/00.04.02/2022"},
            "Khall 14.11.2022 § 344", "1256/00.04.02/2022",
        ),
        ({"decision_section": "12 a §", "diary_number": "KAN/12/00.01/2024"}, "Kaupunginhallitus 22.10.2024 § 12 a", "KAN/12/00.01/2024"),
        ({"decision_section": "", "diary_number": "HEL 2024-012345"}, "Kaupunginhallitus 22.10.2024", "HEL 2024-012345"),
    ],
)  # fmt: skip
def test_real_decisions_come_out_as_they_were(
    staff, season, invited, kannus, typed, decision, diary
):
    with scope(kannus.pk):
        Participation.objects.filter(pk=invited.pk).delete()
        row = ParticipationFactory(season=season, municipality=kannus, state_on=date(2022, 9, 1))
    if typed.get("decided_on") == "2022-11-14":
        seventh = SeasonFactory(number=7)
        with scope(kannus.pk):
            row = ParticipationFactory(
                season=seventh, municipality=kannus, state_on=date(2022, 9, 1)
            )

    url = reverse("seasons_network:decide", args=[row.season.number, "kannus"])
    answer = staff.post(url, {**TYPED, **typed}, follow=True)

    assert stored(row).decision.replace("\xa0", " ") == decision
    assert stored(row).diary_number == diary
    assert diary in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"decided_on": "2024-08-30"}, "decided_on", "Kunta kutsuttiin 2.9.2024: anna tämä tai myöhempi päivä."),
        ({"decided_on": "2026-11-25"}, "decided_on", "Päivä on tulevaisuudessa"),
        ({"decision_section": "0"}, "decision_section", "Kirjoita pelkkä pykälän numero, esimerkiksi 140."),
        ({"decision_section": "sata"}, "decision_section", "Kirjoita pelkkä pykälän numero, esimerkiksi 140."),
        ({"decision_section": "99999"}, "decision_section", "Kirjoita pelkkä pykälän numero, esimerkiksi 140."),
        ({"diary_number": "ei ole"}, "diary_number", "Kirjoita numero niin kuin se on päätöksessä"),
        ({"diary_number": "<b>1</b>"}, "diary_number", "Kirjoita numero niin kuin se on päätöksessä"),
        ({"diary_number": "195/00.01.03/2099"}, "diary_number", "Diaarinumeron vuosi 2099 on päätöksen jälkeen"),
    ],
)  # fmt: skip
def test_impossible_decision_names_field_and_mend(staff, invited, typed, field, sentence):
    errors = wrong(staff.post(DECIDE, {**TYPED, **typed}))

    assert list(errors) == [field]
    assert errors[field][0].startswith(sentence)
    assert stored(invited).state == ParticipationState.INVITED


def test_mended_day_of_the_invitation_lets_the_decision_in(staff, invited, coordinator):
    with scope(invited.municipality_id):
        joining.note_stage(
            participation=invited, state=ParticipationState.INVITED, state_on=date(2024, 8, 1),
            by=coordinator, at=NOW,
        )  # fmt: skip

    staff.post(DECIDE, {**TYPED, "decided_on": "2024-08-20"})

    assert stored(invited).decided_on == date(2024, 8, 20)


# -- The file ------------------------------------------------------------------------------------


def test_file_is_read_by_the_municipality_and_coordinators_alone(
    staff, invited, client_for, kannus_contact, kannus_leader, jamsa_contact, expert
):
    staff.post(DECIDE, {**TYPED, "document": pdf()})

    for client, url in (
        (staff, NETWORK_FILE), (staff, OWN_FILE),
        (client_for(kannus_contact), OWN_FILE), (client_for(kannus_leader), OWN_FILE),
    ):  # fmt: skip
        answer = client.get(url)
        assert answer.content == PDF
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''ote.pdf"
        assert "private" in answer["Cache-Control"]
    assert client_for(jamsa_contact).get(OWN_FILE).status_code == 404
    assert client_for(expert).get(OWN_FILE).status_code == 403
    assert client_for(expert).get(NETWORK_FILE).status_code == 403
    assert "ote.pdf" not in client_for(expert).get("/seasons/8/members/kannus/").content.decode()
    assert "Lataa päätös: ote.pdf" in staff.get("/seasons/8/members/kannus/").content.decode()
    own = client_for(kannus_contact).get("/k/kannus/seasons/8/").content.decode()
    assert "Lataa päätös: ote.pdf" in own
    assert "195/00.01.03/2024" in own


def test_file_stays_in_its_municipalitys_rows(staff, invited, kannus, jamsa, coordinator):
    staff.post(DECIDE, {**TYPED, "document": pdf()})

    with scope(jamsa.pk):
        assert not DecisionDocument.objects.exists()
    with scope(kannus.pk):
        assert DecisionDocument.objects.get().by == coordinator
    with (
        pytest.raises((ProgrammingError, InternalError, OperationalError, DataError)),
        transaction.atomic(), scope(jamsa.pk), connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute(
            "INSERT INTO seasons_decisiondocument (municipality_id, participation_id, name, content,"
            " sha256, at, by_id) VALUES (%s, %s, 'x', '', '', now(), %s)",
            [kannus.pk, invited.pk, coordinator.pk],
        )


def test_new_file_takes_the_place_of_the_one_before_and_none_leaves_it(staff, invited):
    staff.post(DECIDE, {**TYPED, "document": pdf()})
    staff.post(DECIDE, TYPED)
    assert staff.get(NETWORK_FILE).content == PDF

    staff.post(DECIDE, {**TYPED, "document": pdf(PDF + b"\n", "uusi.pdf")})

    assert staff.get(NETWORK_FILE).content == PDF + b"\n"
    with across_municipalities(reason="the test counts"):
        assert DecisionDocument.objects.count() == 1


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (pdf(b"MZ\x90\x00" + b"x" * 2_000, "päätös.pdf"), "Tiedosto päätös.pdf ei ole ehjä PDF"),
        (pdf(PDF, "lasku.hta"), "Tiedosto lasku.hta ei ole ehjä PDF"),
        (pdf(b"%PDF-1.7 katkennut", "p.pdf"), "Tiedosto p.pdf ei ole ehjä PDF"),
        (pdf(b"", "p.pdf"), "Valitse toinen tiedosto: tämä on tyhjä."),
        (pdf(PDF + b" " * 40 * MEGABYTE + b"%%EOF", "iso.pdf"), "Tiedosto iso.pdf on liian suuri, 40 Mt: valitse enintään 10 Mt:n"),
    ],
)  # fmt: skip
def test_file_that_is_no_pdf_or_too_large_names_the_mend(staff, invited, file, sentence):
    file.seek(0)

    errors = wrong(staff.post(DECIDE, {**TYPED, "document": file}))

    assert list(errors) == ["document"]
    assert errors["document"][0].startswith(sentence)
    assert stored(invited).state == ParticipationState.INVITED
    assert staff.get(NETWORK_FILE).status_code == 404


@pytest.mark.parametrize("typed", [{"decision_section": "sata"}, {"decided_on": "2024-09-01"}])
def test_file_that_is_lost_in_an_error_is_said(staff, invited, typed):
    errors = wrong(staff.post(DECIDE, {**TYPED, **typed, "document": pdf()}))

    assert errors["document"] == [
        "Tiedostoa ei tallennettu, koska lomakettakaan ei: valitse se uudelleen."
    ]


def test_faulty_file_in_a_faulty_form_says_what_is_wrong_with_it(staff, invited):
    errors = wrong(staff.post(DECIDE, {**TYPED, "decision_section": "x", "document": pdf(b"MZ")}))

    assert [each[:24] for each in errors["document"]] == ["Tiedosto ote.pdf ei ole "]


def test_form_takes_files(staff, invited):
    page = staff.get("/seasons/8/members/kannus/").content.decode()

    assert 'enctype="multipart/form-data"' in page


# -- Confirming ----------------------------------------------------------------------------------


def rows(*people: tuple[str, str, str]) -> dict[str, str]:
    found = {"rows-TOTAL_FORMS": str(len(people)), "rows-INITIAL_FORMS": "0"}
    for n, (name, email, role) in enumerate(people):
        found |= {f"rows-{n}-name": name, f"rows-{n}-email": email, f"rows-{n}-role": role}
    return found


def outbox() -> list[tuple[str, str, str]]:
    with across_municipalities(reason="the test reads the outbox"):
        found = Message.objects.order_by("pk")
        return [(each.template, each.to_name, each.to_email) for each in found]


def test_confirming_invites_whom_it_shows_and_nobody_else(staff, invited):
    record(invited)

    press(
        staff, CONFIRM, rows(("Maija Mäki", "maija@kannus.example", "contact"), ("", "", "contact"))
    )

    row = stored(invited)
    assert (row.state, row.population, row.population_year) == ("confirmed", 5_264, 2024)
    assert row.annual_fee_eur == row.first_year_fee_eur == Decimal(9_000)
    assert outbox() == [("invitation", "Maija Mäki", "maija@kannus.example")]
    invitation = Invitation.objects.get()
    assert (invitation.role, invitation.municipality) == (Role.CONTACT, row.municipality)


def test_confirming_says_whom_it_invited_and_who_has_a_role(staff, invited):
    record(invited)
    UserFactory(email="matti@kannus.example")
    people = [(name, f"{name.lower()}@kannus.example", "contact") for name in ("Maija", "Matti")]

    page = press(staff, CONFIRM, rows(*people), follow=True)

    assert [str(message) for message in page.context["messages"]] == [
        "Kannus on nyt mukana. Kutsu lähetettiin: maija@kannus.example."
        " Rooli kunnassa on nyt: matti@kannus.example."
    ]


def test_confirming_without_people_writes_to_nobody(staff, invited):
    record(invited)

    press(staff, CONFIRM)

    assert stored(invited).state == ParticipationState.CONFIRMED
    assert outbox() == []


def test_whoever_has_an_account_gets_the_role_and_a_message(staff, invited, kannus):
    record(invited)
    user = UserFactory(email="maija@kannus.example")

    press(staff, CONFIRM, rows(("Maija", "Maija@Kannus.example", "leader")))

    held = Membership.objects.get(user=user)
    assert (held.municipality, held.role, held.starts_on) == (kannus, Role.LEADER, TODAY)
    assert outbox() == [("role_given", user.name, "maija@kannus.example")]
    assert not Invitation.objects.exists()


def test_whoever_has_the_role_already_is_left_alone(staff, invited, kannus):
    record(invited)
    held = MembershipFactory(municipality=kannus, role=Role.CONTACT)

    asked = staff.get(CONFIRM).content.decode()
    press(staff, CONFIRM, rows(("X", held.user.email, "contact")))

    assert f"{held.user.name}, yhdyshenkilö" in asked
    assert stored(invited).state == ParticipationState.CONFIRMED
    assert outbox() == []


def test_closed_account_stops_the_confirmation_as_a_whole(staff, invited):
    record(invited)
    UserFactory(email="suljettu@kannus.example", is_active=False)

    answer = press(
        staff, CONFIRM,
        rows(("A", "uusi@kannus.example", "contact"), ("B", "suljettu@kannus.example", "contact")),
    )  # fmt: skip

    assert wrong(answer)["__all__"] == [
        "Osoitteen suljettu@kannus.example tunnus on suljettu: anna toinen osoite."
    ]
    assert stored(invited).state == ParticipationState.DECIDED
    assert outbox() == []
    assert not User.objects.filter(email="uusi@kannus.example").exists()


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ([("Maija", "", "contact")], "Kirjoita sähköpostiosoite."),
        ([("", "m@kannus.example", "contact")], "nimi"),
        ([("A", "m@kannus.example", "contact"), ("B", "M@kannus.example", "contact")], "ylemmällä rivillä"),
        ([("A", "m@kannus.example", "coordinator")], "Valitse"),
    ],
)  # fmt: skip
def test_faulty_person_is_named_and_nothing_is_confirmed(staff, invited, people, sentence):
    record(invited)

    answer = press(staff, CONFIRM, rows(*people))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert stored(invited).state == ParticipationState.DECIDED


def test_press_that_was_shown_other_terms_is_asked_anew(staff, invited):
    record(invited)

    answer = staff.post(CONFIRM, rows(("A", "m@kannus.example", "contact")))

    assert answer.status_code == 422
    assert outbox() == []
    assert stored(invited).state == ParticipationState.DECIDED


# -- Joining late --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "decided_on", "first", "fees"),
    [
        ("", date(2025, 10, 6), "9000.00", {2025: "9000.00", 2026: "9000.00"}),
        (LateJoining.FULL, date(2025, 10, 6), "9000.00", {2025: "9000.00", 2026: "9000.00"}),
        (LateJoining.BY_MONTHS, date(2024, 10, 22), "9000.00", {2025: "9000.00", 2026: "9000.00"}),
        (LateJoining.BY_MONTHS, date(2025, 10, 6), "2250.00", {2025: "2250.00", 2026: "9000.00"}),
        (LateJoining.BY_MONTHS, date(2026, 2, 2), "8250.00", {2026: "8250.00"}),
    ],
)  # fmt: skip
def test_first_years_fee_follows_the_rule_and_is_billed(
    staff, season, invited, client_for, kannus_contact, rule, decided_on, first, fees
):
    Season.objects.filter(pk=season.pk).update(late_joining=rule)
    vat_rates()
    record(invited, decided_on=decided_on)

    asked = press(staff, CONFIRM, follow=True).content.decode().replace("\xa0", " ")

    row = stored(invited)
    assert (row.annual_fee_eur, row.first_year_fee_eur) == (Decimal(9_000), Decimal(first))
    season.refresh_from_db()
    for year, fee in fees.items():
        found = year_fees(season, year, date(year, 12, 31)).rows[0]
        assert (found.due or found.late).fee_eur == Decimal(fee), year
    is_late = Decimal(first) != Decimal(9_000)
    own = client_for(kannus_contact).get("/k/kannus/seasons/8/").content.decode()
    assert ["Ensimmäisen vuoden maksu" in page for page in (asked, own)] == [is_late, is_late]


def test_confirmation_of_an_unknown_population_says_so(staff, season, invited):
    Season.objects.filter(pk=season.pk).update(population_year=None)
    record(invited)

    assert staff.get(CONFIRM).context["terms"]["Väkiluku"] == "–"


def test_confirmation_names_both_fees_before_the_press(staff, season, invited):
    Season.objects.filter(pk=season.pk).update(late_joining=LateJoining.BY_MONTHS)
    record(invited, decided_on=date(2025, 10, 6))

    asked = staff.get(CONFIRM).content.decode().replace("\xa0", " ")

    assert "9 000,00 €" in asked
    assert "2 250,00 €" in asked


@pytest.mark.parametrize("field", ["first_year_fee_eur", "joining_year"])
def test_first_years_fee_of_a_member_never_changes(staff, invited, field):
    record(invited)
    press(staff, CONFIRM)

    with (
        pytest.raises(Exception, match="keeps its fee"),
        transaction.atomic(), across_municipalities(reason="the test breaks a rule"),
    ):  # fmt: skip
        Participation.objects.filter(pk=invited.pk).update(**{field: 1})


def test_first_years_fee_has_its_year(invited):
    with (
        pytest.raises(IntegrityError, match="participation_first_year_fee_with_year"),
        transaction.atomic(), scope(invited.municipality_id),
    ):  # fmt: skip
        Participation.objects.filter(pk=invited.pk).update(joining_year=2025)


def test_joining_year_stays_when_the_day_of_the_decision_is_corrected(
    staff, season, invited, coordinator
):
    Season.objects.filter(pk=season.pk).update(late_joining=LateJoining.BY_MONTHS)
    vat_rates()
    record(invited, decided_on=date(2025, 10, 6))
    press(staff, CONFIRM)

    joining.correct_decision(
        participation=stored(invited), reason="Väärä vuosi.", by=coordinator,
        at=datetime(2026, 11, 24, tzinfo=UTC), decided_by_fi="Khall",
        decided_on=date(2026, 10, 6), decision_section="", diary_number="",
    )  # fmt: skip

    row = stored(invited)
    season.refresh_from_db()
    fees = {
        year: year_fees(season, year, date(year, 12, 31)).rows[0].due.fee_eur
        for year in (2025, 2026)
    }
    assert (row.decided_on, row.joining_year) == (date(2026, 10, 6), 2025)
    assert fees == {2025: Decimal(2_250), 2026: Decimal(9_000)}


def test_decision_before_the_invitation_is_refused_past_the_form(invited, coordinator):
    with scope(invited.municipality_id), pytest.raises(RuleViolation):
        joining.record_decision(
            participation=invited, decided_by_fi="Khall", decided_on=date(2024, 9, 1),
            decision_section="", diary_number="", by=coordinator,
            at=datetime(2026, 11, 1, tzinfo=UTC),
        )  # fmt: skip
