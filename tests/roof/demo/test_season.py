"""The demonstration: true facts, labelled inventions, loaded once."""

from collections import Counter
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from analysis.models import Analysis
from events.models import Event, Registration
from events.queries import municipalities_to_notify
from municipalities.models import Municipality, Person, Population, User
from seasons.enums import ParticipationState
from seasons.facts import is_made_up
from seasons.models import Participation, Season
from uso.ground.tenancy.crossing import across_municipalities
from uso.roof.demo.signins import PASSWORD, SIGN_INS, lines

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_demonstration_is_true_labelled_and_loaded_once(client, settings):
    """One test, for loading takes seconds: each part below is a fact of its own."""
    settings.DEMO = True
    call_command("load_demo")
    before = counts()
    call_command("load_demo")

    assert counts() == before
    assert municipalities_to_notify(at=timezone.now()) == []  # nobody is mailed what is made up
    assert not Event.objects.unannounced(at=timezone.now()).exists()
    with across_municipalities(reason="the test looks at the whole demonstration"):
        assert Registration.objects.to_look_at(at=timezone.now()).count() > 100
        check_facts()
        check_kannus()
        check_jamsa()
        check_pipeline()
        check_invented_people()
    for person in SIGN_INS:
        assert client.login(email=person.email, password=PASSWORD)
        assert any(person.email in line for line in lines("http://localhost:8000"))


def counts() -> list[int]:
    with across_municipalities(reason="the test counts the whole demonstration"):
        return [model.objects.count() for model in (User, Participation, Person, Analysis)]


def check_facts() -> None:
    assert Municipality.objects.count() == 308
    in_2024 = Population.objects.filter(year=2024).values_list("count", flat=True)
    assert sum(in_2024) == 5_635_971
    numbers = Season.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [4, 6, 7, 8, 9]


def check_kannus() -> None:
    kannus = Participation.objects.get(municipality__code="217", season__number=8)
    assert kannus.state == ParticipationState.CONFIRMED
    assert kannus.annual_fee_eur == Decimal(9_000)
    assert (kannus.decision_section, kannus.diary_number) == ("140", "195/00.01.03/2024")
    assert (kannus.contact_fi, is_made_up(kannus, kannus.season)) == ("kaupunginjohtaja", False)
    assert Analysis.objects.published().get(municipality__code="217").edition == 1


def check_pipeline() -> None:
    """Some municipalities are still on their way into the season that is open."""
    rows = Participation.objects.filter(season__number=8).exclude(state="confirmed")
    states = Counter(rows.values_list("state", flat=True))
    assert states == {"invited": 1, "interested": 2, "deciding": 1, "declined": 1}


def check_jamsa() -> None:
    """Jämsä decided on season 7; that it takes part in season 8 is made up and marked so."""
    rows = Participation.objects.filter(municipality__code="182").order_by("season__number")
    then, now, coming = rows
    assert (then.season.number, then.decision) == (7, "Kaupunginhallitus 14.11.2022 §\xa0344")
    assert (then.annual_fee_eur, then.diary_number) == (Decimal(12_000), "1256/00.04.02/2022")
    assert (now.season.number, now.diary_number) == (8, "")
    assert (is_made_up(then, then.season), is_made_up(now, now.season)) == (False, True)
    assert (coming.season.number, coming.state) == (9, ParticipationState.INTERESTED)
    assert is_made_up(coming, coming.season)


def check_invented_people() -> None:
    addresses = [*User.objects.values_list("email", flat=True)]
    addresses += Person.objects.exclude(email="").values_list("email", flat=True)
    assert len(addresses) > 50
    assert [address for address in addresses if not address.endswith(".example")] == []


def test_production_refuses_the_demonstration(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="not in production"):
        call_command("load_demo")
