"""Coordinators who press at once: each address gets one letter."""

import pytest

from seasons.actions.sending import send_letter
from seasons.models import Letter
from seasons.queries.letter_list import sent_rows
from tests.clock import NOW
from tests.municipalities.factories import ContactAddressFactory, MunicipalityFactory
from tests.racing import ends_of
from tests.seasons.factories import LetterFactory, ParticipationFactory, opened_season
from uso.ground.tenancy.crossing import across_municipalities

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PRESSES = 16


def test_of_simultaneous_presses_one_sends(coordinator):
    season = opened_season(number=9)
    with across_municipalities(reason="a test makes a list"):
        for place in MunicipalityFactory.create_batch(4):
            ParticipationFactory(season=season, municipality=place)
            ContactAddressFactory(municipality=place)
    letter = LetterFactory(season=season)

    def press() -> None:
        send_letter(letter=Letter.objects.get(pk=letter.pk), by=coordinator, at=NOW)

    ends = ends_of(*[press] * PRESSES)

    assert ends == ["RuleViolation"] * (PRESSES - 1) + ["done"]
    assert len(sent_rows(letter)) == 4
