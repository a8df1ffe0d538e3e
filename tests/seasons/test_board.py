"""The board of stages and the list beside it: cards, filters, moves, next steps."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from municipalities.enums import Role
from seasons.enums import ExitReason, ParticipationSource
from seasons.enums import ParticipationState as State
from seasons.models import FeeTier, Participation, Season
from tests.clock import TODAY
from tests.municipalities.factories import (
    MunicipalityFactory,
    PopulationFactory,
    user_with_role,
)
from tests.pressing import carried, press
from tests.seasons.factories import (
    FeeTierFactory,
    ParticipationFactory,
    SeasonFactory,
)
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db

LATE = {"next_step": "Soita", "next_step_on": TODAY - timedelta(days=1)}
AHEAD = {"next_step": "Lähetä päätösluonnos", "next_step_on": TODAY}


@pytest.fixture
def season(db) -> Season:
    season = SeasonFactory(number=8)
    FeeTierFactory(season=season, population=(0, 9_000), annual_fee_eur=9_000)
    FeeTierFactory(season=season, population=(9_000, None), annual_fee_eur=12_000)
    return season


@pytest.fixture
def staff(client_for, coordinator):
    return client_for(coordinator)


@pytest.fixture
def reader(client_for, expert):
    return client_for(expert)


def put(season, municipality, *, population=0, **fields) -> Participation:
    if population:
        PopulationFactory(municipality=municipality, count=population)
    with scope(municipality.pk):
        return ParticipationFactory(municipality=municipality, season=season, **fields)


def stored(municipality) -> Participation:
    with scope(municipality.pk):
        return Participation.objects.get()


def url(name: str, *args) -> str:
    return reverse(f"seasons_network:{name}", args=args)


def said(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def move(client, slug: str, was: str, to: str, **options):
    return client.post(url("move", 8, slug), {"was": was, "to": to}, **options)


# -- Looking at it -----------------------------------------------------------------------------


def test_cards_stand_in_their_stages_with_the_fees_of_who_may_pay(season, kannus, jamsa, staff):
    put(season, kannus, population=5_264, state=State.DECIDING)
    put(season, jamsa, population=19_377, state=State.DECIDING)
    put(season, MunicipalityFactory(), state=State.DECLINED)

    stages = staff.get(url("board", 8)).context["stages"]

    assert [(stage.state, len(stage.cards), stage.fees_eur, stage.opens) for stage in stages] == [
        (State.INVITED, 0, 0, True),
        (State.INTERESTED, 0, 0, True),
        (State.DECIDING, 2, 21_000, True),
        (State.DECIDED, 0, 0, True),
        (State.CONFIRMED, 0, 0, False),
        (State.DECLINED, 1, 0, False),
        (State.WITHDRAWN, 0, 0, False),
    ]


def test_card_says_fee_step_and_who_is_in_charge(season, kannus, coordinator, staff):
    put(season, kannus, population=5_264, owner=coordinator, **LATE)

    [card] = staff.get(url("board", 8)).context["stages"][0].cards

    for words in (
        f'<a href="{url("member", 8, "kannus")}">Kannus</a>',
        "alle 9\xa0000 asukasta · 9\xa0000\xa0€",
        '<p>Soita <b class="amber">23.11.2026, 1 päivän myöhässä</b></p>',
        f"Vastuussa: {coordinator.name}",
        f'href="{url("move", 8, "kannus")}"',
        'data-was="invited" data-to="interested deciding decided declined"',
    ):
        assert words in card


def test_card_of_who_said_no_names_the_reason_and_leads_back(season, kannus, staff):
    put(season, kannus, state=State.DECLINED, exit_reason=ExitReason.MERGER)

    declined = staff.get(url("board", 8)).context["stages"][5]

    [card] = declined.cards
    assert "<p>Kuntaliitos</p>" in card
    assert 'data-to="invited"' in card


def test_step_that_is_due_first_stands_on_top(season, kannus, jamsa, staff):
    first, last = MunicipalityFactory(name_fi="Ähtäri"), MunicipalityFactory(name_fi="Akaa")
    for place in (kannus, jamsa, last):
        put(season, place)
    put(season, first, **AHEAD)
    with scope(jamsa.pk):
        Participation.objects.update(**LATE)

    cards = staff.get(url("board", 8)).context["stages"][0].cards

    names = ["Jämsä", "Ähtäri", "Akaa", "Kannus"]
    assert [name in card for name, card in zip(names, cards, strict=True)] == [True] * 4


def test_names_are_written_as_text(season, staff):
    place = MunicipalityFactory(name_fi="<b>Kylä</b>", name_sv="<b>Kylä</b>")
    put(season, place, next_step="<i>x</i>", next_step_on=TODAY)

    [card] = staff.get(url("board", 8)).context["stages"][0].cards

    assert "&lt;b&gt;Kylä&lt;/b&gt;" in card
    assert "&lt;i&gt;x&lt;/i&gt;" in card
    assert "<i>" not in card


def test_expert_reads_the_board_and_moves_nothing(season, kannus, reader):
    put(season, kannus)

    page = reader.get(url("board", 8) + "?moved=kannus")

    assert page.context["moved"] is None
    assert "Siirrä" not in page.text
    assert "board.js" not in page.text
    assert 'data-to=""' in page.context["stages"][0].cards[0]
    assert move(reader, "kannus", "invited", "deciding").status_code == 403


def test_confirmed_and_unpriced_are_drawn(season, kannus, coordinator, staff):
    at = {"confirmed_at": "2024-12-16T09:00:00Z", "confirmed_by": coordinator}
    put(season, kannus, state=State.CONFIRMED, **at)

    [card] = staff.get(url("board", 8)).context["stages"][4].cards

    assert "maksu ei tiedossa" in card
    assert 'data-to="withdrawn"' in card


# -- Narrowing ---------------------------------------------------------------------------------


@pytest.fixture
def three(season, kannus, jamsa, coordinator) -> None:
    """Kannus, small and late; Jämsä, large and without a step; Akaa, in and from the public page."""
    put(season, kannus, population=5_264, owner=coordinator, **LATE)
    put(season, jamsa, population=19_377, state=State.INTERESTED)
    akaa = MunicipalityFactory(name_fi="Akaa", region_code="06", region_fi="Pirkanmaa")
    at = {"confirmed_at": "2024-12-16T09:00:00Z", "confirmed_by": coordinator}
    by_itself = ParticipationSource.PUBLIC_PAGE
    put(season, akaa, state=State.CONFIRMED, source=by_itself, **at)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("state=interested", ["Jämsä"]),
        ("step=late", ["Kannus"]),
        ("step=ahead", []),
        ("step=none", ["Jämsä"]),
        ("owner=nobody", ["Akaa", "Jämsä"]),
        ("owner={owner}", ["Kannus"]),
        ("region=06", ["Akaa"]),
        ("tier={tier}", ["Jämsä"]),
        ("source=public_page", ["Akaa"]),
        ("owner=nobody&step=none", ["Jämsä"]),
    ],
)
def test_list_and_board_are_narrowed_alike(three, season, coordinator, staff, asked, names):
    large = season.fee_tiers.get(annual_fee_eur=12_000)
    query = "?" + asked.format(owner=coordinator.pk, tier=large.pk)

    listed = staff.get(url("members", 8) + query).context["table"].rows
    board = staff.get(url("board", 8) + query).context

    assert [row.name for row in listed] == names
    if "state" not in asked:
        assert sum(len(stage.cards) for stage in board["stages"]) == len(names)
        assert (board["shown"], board["on_list"]) == (len(names), 3)


def test_confirmed_fee_of_a_replaced_tier_is_still_listed(season, kannus, coordinator, staff):
    tier = season.fee_tiers.get(annual_fee_eur=9_000)
    at = {"confirmed_at": "2024-12-16T09:00:00Z", "confirmed_by": coordinator}
    put(season, kannus, state=State.CONFIRMED, fee_tier=tier, annual_fee_eur=9_000, **at)
    with scope(kannus.pk):
        FeeTier.ever.filter(pk=tier.pk).update(replaced_at="2026-01-01T09:00:00Z")

    [row] = staff.get(url("members", 8)).context["table"].rows

    assert (row.tier, row.annual_fee_eur) == (tier, 9_000)


def test_filters_offer_what_some_have(three, staff, coordinator):
    table = staff.get(url("members", 8)).context["table"]

    offered = {key: [c.label for c in choices] for key, _label, choices in table.filter_fields}
    assert offered["region"][0] == "Kaikki"
    assert offered["region"][-1] == "Pirkanmaa"
    assert offered["owner"] == ["Kaikki", coordinator.name, "Ei kukaan"]
    assert offered["tier"] == ["Kaikki", "alle 9\xa0000 asukasta", "yli 8\xa0999 asukasta"]


def test_filters_carry_what_else_was_asked_and_can_be_taken_away(three, staff):
    page = staff.get(url("members", 8) + "?q=a&sort=-name&step=none&export=")

    table = page.context["table"]
    assert table.beside_filters == [("q", "a"), ("sort", "-name")]
    assert table.unfiltered == "?q=a&sort=-name"
    assert '<details class="more narrowing" open>' in page.text
    assert '<option value="none" selected>' in page.text
    assert '<details class="more narrowing">' in staff.get(url("members", 8)).text


def test_list_says_the_step_how_late_it_is_and_whose(three, staff, coordinator):
    table = staff.get(url("members", 8)).context["table"]

    rows = {row.name: html for row, html in zip(table.rows, table.body, strict=True)}
    assert 'Soita<small class="amber">23.11.2026, 1 päivän myöhässä</small>' in rows["Kannus"]
    assert coordinator.name in rows["Kannus"]
    assert coordinator.name not in rows["Jämsä"]


# -- Moving ------------------------------------------------------------------------------------


def test_moved_card_stands_in_its_stage_and_its_next_step_is_only_proposed(season, kannus, staff):
    put(season, kannus)

    page = move(staff, "kannus", "invited", "deciding", follow=True)

    assert said(page) == ["Kannus on nyt vaiheessa ”Päättämässä”."]
    assert page.context["moved"].name == "Kannus"
    assert page.context["step_form"]["next_step"].value() == "Kysy, mitä hallitus päätti"
    assert page.context["step_form"]["next_step_on"].value() == date(2026, 12, 15)
    assert (
        "Vaiheen tavallinen askel. Se tallentuu vasta, kun painat ”Tallenna seuraava askel”."
        in page.text
    )
    assert "Tallenna seuraava askel</button>" in page.text
    row = stored(kannus)
    assert (row.state, row.state_on, row.next_step) == (State.DECIDING, TODAY, "")


def test_planned_step_is_proposed_as_it_is(season, kannus, coordinator, staff):
    put(season, kannus, owner=coordinator, **AHEAD)

    form = move(staff, "kannus", "invited", "deciding", follow=True).context["step_form"]

    assert form["next_step"].value() == "Lähetä päätösluonnos"
    assert form["owner"].value() == coordinator.pk
    board = staff.get(url("board", 8) + "?moved=kannus").text
    assert "Aiemmin sovittu askel on yhä voimassa." in board
    assert "Vaiheen tavallinen askel" not in board


def test_second_who_moves_the_same_card_is_told(season, kannus, coordinator, client_for, staff):
    put(season, kannus)
    other = user_with_role(Role.COORDINATOR, first_name="Maija", last_name="Toinen")
    move(client_for(other), "kannus", "invited", "interested")

    told = [
        said(move(staff, "kannus", "invited", to, follow=True)) for to in ("deciding", "declined")
    ]

    for [words] in told:
        assert words.startswith("Kannus on siirretty sillä välin (Maija Toinen, ")
        assert words.endswith("): se on nyt vaiheessa ”Kiinnostunut”.")
    assert stored(kannus).state == State.INTERESTED


@pytest.mark.parametrize(
    ("was", "to", "page"),
    [
        ("deciding", "declined", "withdraw"),
        ("decided", "confirmed", "confirm"),
        ("decided", "withdrawn", "withdraw"),
    ],
)
def test_move_that_needs_more_leads_to_the_page_that_asks(season, kannus, staff, was, to, page):
    put(season, kannus, state=was)

    assert move(staff, "kannus", was, to).url == url(page, 8, "kannus")
    assert stored(kannus).state == was


def test_move_to_decided_leads_to_the_decision_and_says_so(season, kannus, staff):
    put(season, kannus, state=State.DECIDING)

    to = move(staff, "kannus", "deciding", "decided").url
    page = staff.get(to)

    assert to.endswith("#decision")
    assert page.text.count('id="decision"') == 1
    words = "Kirjaa päätös, niin Kannus siirtyy vaiheeseen ”Päätetty”."
    assert words in page.text
    assert words not in staff.get(url("member", 8, "kannus")).text
    assert stored(kannus).state == State.DECIDING


@pytest.mark.parametrize(("was", "to"), [("invited", "confirmed"), ("invited", "nonsense")])
def test_move_over_a_decision_is_refused(season, kannus, staff, was, to):
    put(season, kannus, state=was)

    page = move(staff, "kannus", was, to, follow=True)

    assert len(said(page)) == 1
    assert stored(kannus).state == was


def test_page_of_moving_offers_the_stages_without_scripts(season, kannus, staff):
    put(season, kannus, state=State.INTERESTED)

    page = staff.get(url("move", 8, "kannus"))

    assert page.context["stages"] == [
        State.INVITED,
        State.DECIDING,
        State.DECIDED,
        State.DECLINED,
    ]
    assert '<input type="hidden" name="was" value="interested">' in page.text
    assert "Siirrä: Kutsuttu</button>" in page.text
    assert "Siirrä: Kutsuttu</button>" in staff.get(url("board", 8)).text
    assert staff.get(url("move", 8, "nowhere")).status_code == 404


def test_card_of_who_said_no_goes_back_and_asks_for_the_next_step(season, kannus, staff):
    put(season, kannus, state=State.DECLINED)

    page = move(staff, "kannus", "declined", "invited", follow=True)

    assert said(page) == ["Kannus on nyt vaiheessa ”Kutsuttu”."]
    assert stored(kannus).exit_reason == ""


# -- The next step -----------------------------------------------------------------------------


def step(**fields) -> dict[str, object]:
    return {"next_step": "Soita", "next_step_on": "2026-12-01", "owner": ""} | fields


def test_next_step_is_saved_from_its_page_and_from_the_board(season, kannus, coordinator, staff):
    put(season, kannus)

    own = staff.post(url("next_step", 8, "kannus"), step(owner=coordinator.pk))
    board = staff.post(url("next_step", 8, "kannus"), step(board="1"))

    assert (own.url, board.url) == (url("member", 8, "kannus"), url("board", 8))
    row = stored(kannus)
    assert (row.next_step, row.next_step_on, row.owner) == ("Soita", date(2026, 12, 1), None)


def test_coordinators_alone_can_be_in_charge_and_a_former_one_stays(
    season, kannus, coordinator, expert, staff
):
    put(season, kannus, owner=expert, **AHEAD)

    form = staff.get(url("member", 8, "kannus")).context["step_form"]
    answer = staff.post(url("next_step", 8, "kannus"), step(owner=999_999))

    assert [pk for pk, _name in form.fields["owner"].choices] == [
        "", str(coordinator.pk), str(expert.pk),
    ]  # fmt: skip
    assert list(answer.context["step_form"].errors) == ["owner"]


def test_refused_step_keeps_what_was_typed(season, kannus, staff):
    put(season, kannus)

    page = staff.post(url("next_step", 8, "kannus"), step(next_step_on="2026-11-23"))

    assert page.status_code == 422
    assert page.context["step_form"].errors["next_step_on"] == [
        "Päivä on mennyt: valitse tuleva päivä."
    ]
    assert page.context["step_form"]["next_step"].value() == "Soita"


def test_second_tab_replaces_no_step_it_has_not_shown(season, kannus, staff):
    put(season, kannus)
    to = url("next_step", 8, "kannus")
    late = carried(staff.get(url("member", 8, "kannus")), to)
    staff.post(to, step(next_step="Lähetä luonnos"))

    refused = staff.post(to, late | step())

    assert refused.status_code == 422
    [why] = refused.context["step_form"].non_field_errors()
    assert "Seuraava askel: – → Lähetä luonnos" in why
    assert stored(kannus).next_step == "Lähetä luonnos"


def test_stage_noted_on_the_page_draws_the_proposal_and_stores_nothing(season, kannus, staff):
    put(season, kannus)
    before = staff.get(url("member", 8, "kannus"))
    stage = {"state": State.DECIDING, "state_on": "2026-11-24"}

    page = staff.post(url("stage", 8, "kannus"), stage, follow=True)

    assert before.context["step_form"]["next_step"].value() == ""
    assert "Kysy, onko kutsu tullut perille" in before.text
    assert page.context["step_form"]["next_step"].value() == "Kysy, mitä hallitus päätti"
    assert stored(kannus).next_step == ""


def test_step_towards_the_decision_ends_with_it_and_a_later_one_stays(season, kannus, staff):
    put(season, kannus, state=State.DECIDING, **AHEAD)
    decision = {"decided_by_fi": "Kaupunginhallitus", "decided_on": "2024-10-22"}

    page = staff.post(url("decide", 8, "kannus"), decision, follow=True)

    assert (stored(kannus).next_step, stored(kannus).next_step_on) == ("", None)
    assert "Tarkista päätös ja vahvista osallistuminen" in page.text
    staff.post(url("next_step", 8, "kannus"), step())
    staff.post(url("decide", 8, "kannus"), decision | {"decision_section": "140"})
    assert stored(kannus).decision_section == "140"
    assert stored(kannus).next_step == "Soita"


def test_step_typed_after_the_end_is_still_shown(season, kannus, staff):
    put(season, kannus, state=State.DECLINED)

    page = staff.post(url("next_step", 8, "kannus"), step())

    assert page.status_code == 422
    assert page.text.count("Kirjoittamaasi ei tallennettu") == 1


def test_expert_reads_the_step_and_the_reason(season, kannus, jamsa, reader, coordinator):
    put(season, kannus, owner=coordinator, **LATE)
    put(season, jamsa, state=State.DECLINED, exit_note="Ehkä 2029")

    kannus_page, jamsa_page = (
        reader.get(url("member", 8, slug)).text for slug in ("kannus", "jamsa")
    )

    assert "Soita" in kannus_page
    assert coordinator.name in kannus_page
    assert "Ehkä 2029" in jamsa_page


# -- Declining ---------------------------------------------------------------------------------


def test_reason_stands_on_the_page_until_it_is_undone(season, kannus, staff):
    put(season, kannus, state=State.DECIDING)
    no = {"exit_reason": "no_time", "exit_note": "Kysytään 2028", "state_on": "2026-11-23"}

    press(staff, url("withdraw", 8, "kannus"), no)
    declined = staff.get(url("member", 8, "kannus"))
    staff.post(url("restore", 8, "kannus"))

    for words in ("Ei aikaa tai väkeä nyt", "Kysytään 2028", "23.11.2026", "Kieltäytyi"):
        assert words in declined.text
    assert stored(kannus).state == State.DECIDING
    history = staff.get(url("member", 8, "kannus")).context["way"]
    assert [each.words for each in history[:2]] == [
        "Taas Päättämässä: merkintä ”Kieltäytyi” peruttiin",
        "Kieltäytyi 23.11.2026: Ei aikaa tai väkeä nyt",
    ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"exit_reason": ""}, "exit_reason"),
        ({"exit_reason": "nonsense"}, "exit_reason"),
        ({"exit_reason": "other"}, "exit_note"),
        ({"state_on": "2026-11-25"}, "state_on"),
        ({"state_on": ""}, "state_on"),
    ],
)
def test_end_without_its_reason_or_day_is_refused_at_its_field(season, kannus, staff, given, field):
    put(season, kannus)
    no = {"exit_reason": "finances", "exit_note": "", "state_on": "2026-11-24"} | given

    page = press(staff, url("withdraw", 8, "kannus"), no)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert stored(kannus).state == State.INVITED
