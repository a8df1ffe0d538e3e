"""Members that a public page names of a season before the service: their names, and nothing else."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from billing.queries import season_fees
from municipalities.facts import load_municipalities, mergers
from municipalities.models import Municipality
from seasons import queries, rules
from seasons.actions.joining import ParticipationRefused, correct_decision
from seasons.actions.recording import load_members
from seasons.enums import ParticipationSource, ParticipationState
from seasons.facts import is_made_up, known_members, load_seasons
from seasons.models import Participation, Season
from tests.municipalities.factories import MunicipalityFactory
from tests.seasons.factories import ParticipationFactory, member_of
from uso.ground.tenancy.crossing import across_municipalities
from uso.roof.home.actions import withdraw_municipality
from workshops.queries import participation_of

pytestmark = pytest.mark.django_db
COORDINATOR = frozenset({"coordinator"})
RULES = "participation_(of_a_record|confirmed_at_with_by|confirmed_has_its_moment)"


@pytest.fixture
def season4():
    load_seasons()
    return Season.objects.get(number=4)


@pytest.fixture
def listed(season4):
    """Every municipality of the list, without the other 279, and what loading made of them."""
    for code in sorted(known_members()[4].codes):
        MunicipalityFactory(code=code, slug=f"m{code}")
    load_members()
    with across_municipalities(reason="a test"):
        return list(Participation.objects.select_related("municipality", "season"))


@pytest.fixture
def one(listed):
    return listed[0]


@pytest.mark.slow
def test_29_are_named_by_codes_of_today():
    import tomllib

    from seasons.facts import DATA

    load_municipalities()
    rows = tomllib.loads((DATA / "members.toml").read_text())["lists"][0]["members"]
    names = dict(Municipality.objects.values_list("code", "name_fi"))

    assert len({row["code"] for row in rows}) == 29
    assert [row["name_fi"] for row in rows] == [names[row["code"]] for row in rows]
    assert not {row["code"] for row in rows} & {each.old_code for each in mergers()}


def test_they_took_part_and_nothing_is_invented(listed):
    assert {(row.season.number, row.state, row.source) for row in listed} == {
        (4, ParticipationState.CONFIRMED, ParticipationSource.RECORD)
    }
    assert len(listed) == 29
    assert {
        (row.state_on, row.decided_on, row.confirmed_at, row.confirmed_by, row.fee_tier,
         row.population, row.annual_fee_eur, row.decision)
        for row in listed
    } == {(None, None, None, None, None, None, None, "")}  # fmt: skip


def test_loading_again_adds_nobody_and_leaves_who_is_there(season4, network):
    for code in sorted(known_members()[4].codes):
        MunicipalityFactory(code=code, slug=f"m{code}")
    there = member_of(season4, Municipality.objects.get(code="061"))

    assert load_members() == 28
    assert load_members() == 0
    there.refresh_from_db()
    assert there.source == ParticipationSource.COORDINATOR


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "invited"},
        {"annual_fee_eur": 8_000},
        {"decided_on": "2016-11-01"},
        {"state_on": "2017-01-01"},
        {"confirmed_at": "2016-12-01T09:00Z"},
        {"source": "coordinator"},
    ],
)
def test_nothing_is_written_beside_a_name(one, network, fields):
    with pytest.raises(IntegrityError, match=RULES), transaction.atomic():
        Participation.objects.filter(pk=one.pk).update(**fields)


def test_a_confirmed_one_without_a_record_has_its_moment(season4, network):
    with pytest.raises(IntegrityError, match=RULES), transaction.atomic():
        ParticipationFactory(
            season=season4, municipality=MunicipalityFactory(), state=ParticipationState.CONFIRMED
        )


def test_nobody_changes_or_ends_it(one, coordinator):
    withdrawing = {"exit_reason": "finances", "exit_note": "", "by": coordinator}
    day, at = date(2018, 1, 15), timezone.now()

    assert not rules.can_withdraw(COORDINATOR, one)
    assert not rules.can_correct_decision(COORDINATOR, one)
    assert rules.moves_from(one) == {}
    with pytest.raises(ParticipationRefused, match="vain kunnan nimi"):
        withdraw_municipality(participation=one, state_on=day, at=at, **withdrawing)
    with pytest.raises(ParticipationRefused, match="vain kunnan nimi"):
        correct_decision(
            participation=one, reason="x", by=coordinator, at=at, decided_on=date(2016, 10, 3)
        )


def test_it_is_never_made_up(one, settings):
    settings.DEMO = True

    assert not is_made_up(one, one.season)


def test_it_is_not_billed(listed, season4):
    assert [year.rows for year in season_fees(season4)] == [[], []]


def test_its_package_of_workshops_is_not_asked_for(one, network):
    assert participation_of(one.municipality, on=timezone.localdate()) is None


def test_its_fee_does_not_follow_what_the_season_is_given_later(listed, season4):
    season4.population_year = 2024
    found = queries.members(season4)

    assert {(each.annual_fee_eur, each.tier, each.population) for each in found} == {
        (None, None, None)
    }
    assert queries.fee_sum(found) is None


def test_all_members_of_the_season_are_known(listed, season4):
    assert queries.seasons_with_every_member(Season.objects.filter(number__in=(4, 6, 7))) == {
        season4.pk
    }


@pytest.mark.parametrize(
    "address",
    [
        "/seasons/", "/seasons/4/", "/seasons/4/members/", "/seasons/4/members/?export=csv",
        "/seasons/4/members/m061/", "/seasons/4/billing/",
        "/seasons/4/analyses/", "/seasons/4/workshops/", "/seasons/4/events/",
        "/seasons/compare/?left=4&right=8",
    ],
)  # fmt: skip
def test_pages_of_the_season_open(listed, client_for, coordinator, address):
    answer = client_for(coordinator).get(address)

    assert answer.status_code == 200


def test_its_page_says_what_is_not_known(listed, client_for, coordinator):
    staff = client_for(coordinator)
    member = staff.get("/seasons/4/members/m061/").content.decode()
    members = staff.get("/seasons/4/members/").content.decode()

    assert "Päätöstä ja maksua ei tiedetä" in member
    assert "verkoston tietojen mukaan" in member
    assert "Laadi päätöspohja" not in member
    assert "arvio" not in member.casefold()
    assert "Päätöksiä ja maksuja ei tiedetä" in members
    assert "vahvistettuja maksuja vuodessa" not in members


def test_its_withdrawal_is_not_asked_about(listed, client_for, coordinator):
    answer = client_for(coordinator).get("/seasons/4/members/m061/withdraw/")

    assert answer.headers["Location"] == "/seasons/4/members/m061/"


def test_demonstration_calls_nothing_of_it_made_up(listed, client_for, coordinator, settings):
    settings.DEMO = True
    page = client_for(coordinator).get("/seasons/4/members/m061/").content.decode()

    assert 'class="made-up"' not in page
