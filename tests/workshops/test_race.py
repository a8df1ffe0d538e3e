"""Many contact persons wish at once."""

import pytest
from django.db import connection, transaction
from django.utils import timezone

from seasons.models import Participation
from tests.racing import ends_of
from uso.ground.tenancy.scope import scope
from workshops.actions import ask_workshop
from workshops.models import Workshop

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_simultaneous_wishes_never_exceed_the_package(kannus, member, kannus_contact):
    def wish() -> None:
        with scope(kannus.pk):
            ask_workshop(
                participation=Participation.objects.select_related("season", "municipality").get(),
                topic="Strategia",
                theme=None,
                wish="Valtuustolle",
                wished_time="",
                by=kannus_contact,
                at=timezone.now(),
            )

    ends = ends_of(*[wish] * 8)

    assert ends == ["WorkshopRefused"] * 3 + ["done"] * 5
    with scope(kannus.pk):
        assert sorted(Workshop.objects.values_list("slot", flat=True)) == [1, 2, 3, 4, 5]


def test_simultaneous_inserts_past_the_action_never_share_a_place(
    kannus, member, season8, kannus_contact
):
    def insert() -> None:
        with scope(kannus.pk), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO workshops_workshop (municipality_id, season_id, slot, topic, wish,"
                " wished_time, state, question, asked_at, asked_by_id)"
                " VALUES (%s, %s, 5, 'x', 'x', '', 'wished', '', now(), %s)",
                [kannus.pk, season8.pk, kannus_contact.pk],
            )

    assert ends_of(*[insert] * 6) == ["IntegrityError"] * 5 + ["done"]


def test_a_package_is_never_cut_under_a_wish_made_meanwhile(
    kannus, member, season8, package, kannus_contact
):
    from uso.ground.tenancy.crossing import across_municipalities

    def wish_for_the_fifth() -> None:
        with scope(kannus.pk), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO workshops_workshop (municipality_id, season_id, slot, topic, wish,"
                " wished_time, state, question, asked_at, asked_by_id)"
                " VALUES (%s, %s, 5, 'x', 'x', '', 'wished', '', now(), %s)",
                [kannus.pk, season8.pk, kannus_contact.pk],
            )

    def cut() -> None:
        with (
            across_municipalities(reason="packages are cut over the network"),
            connection.cursor() as cursor,
        ):
            cursor.execute("UPDATE seasons_entitlement SET quantity = 4")

    ends = ends_of(wish_for_the_fifth, cut)

    assert ends == ["IntegrityError", "done"]
