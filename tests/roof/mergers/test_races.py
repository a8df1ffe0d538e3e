"""Sixteen saves race a merger: each is moved along or refused with a sentence; none is lost."""

from datetime import date

import pytest

from municipalities.enums import Group, Language
from municipalities.models import Person
from municipalities.roster.saving import save_person
from tests.racing import at_once
from uso.ground.actions import MunicipalityEnded
from uso.ground.tenancy.scope import scope

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("in_english")]


def test_sixteen_saves_that_race_a_merger_are_moved_or_refused(merged, kannus, jamsa, coordinator):
    def save(number: int):
        def act() -> str:
            save_person(
                person=Person(municipality=kannus),
                first_name="Aino",
                last_name=f"Aalto {number}",
                title="",
                body="",
                group=Group.OFFICE,
                email="",
                phone="",
                language=Language.FINNISH,
                by=coordinator,
            )
            return "saved"

        return act

    steps = [save(number) for number in range(16)]
    results = at_once(*steps[:8], lambda: str(merged()) and "merged", *steps[8:])

    refused = [one for one in results if isinstance(one, MunicipalityEnded)]
    saved = results.count("saved")
    assert results.count("merged") == 1
    assert len(refused) + saved == 16
    with scope(jamsa.pk):
        assert Person.objects.count() == saved
    with scope(kannus.pk):
        assert Person.objects.count() == saved
        assert not Person.objects.exclude(left_on=date(2027, 1, 1)).exists()


def test_of_sixteen_mergers_at_once_one_is_done(merged, kannus, jamsa):
    results = at_once(*[lambda: str(merged()) and "merged"] * 16)

    assert results.count("merged") == 1
    kannus.refresh_from_db()
    assert kannus.merged_into == jamsa
