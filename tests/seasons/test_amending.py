"""What the database holds of a published season: it changes together with its amendment alone."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from pghistory.core import event_models

from seasons.actions import editing
from seasons.content import TABLES
from seasons.enums import EntitlementKind, LateJoining, SeasonPart, SeasonState
from seasons.facts import load_seasons
from seasons.models import (
    Amendment,
    Entitlement,
    FeeTier,
    Phase,
    Season,
    SeasonContact,
    Theme,
)
from tests.seasons.factories import AmendmentFactory
from uso.ground.lib.rows import Rows

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

Part = SeasonPart
AT = datetime(2026, 11, 24, 8, tzinfo=UTC)
REFUSED = "together with its amendment"
SPRING = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 6, 30)}
AUTUMN = {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 12, 31)}
# A row of each part and another; of the tiers such as were replaced, as those of today price all.
ROWS: dict[SeasonPart, tuple[dict[str, Any], dict[str, Any]]] = {
    Part.FEES: (
        {"population": (0, 5), "replaced_at": AT},
        {"population": (0, 6), "replaced_at": AT},
    ),
    Part.PACKAGE: ({"kind": EntitlementKind.SEMINAR}, {"kind": EntitlementKind.SUPPORT}),
    Part.PHASES: (
        {"position": 1, "name_fi": "Kevät", **SPRING},
        {"position": 2, "name_fi": "Syksy", **AUTUMN},
    ),
    Part.THEMES: ({"position": 1, "name_fi": "Yksi"}, {"position": 2, "name_fi": "Kaksi"}),
    Part.WORKSHOP_THEMES: ({"position": 1, "name_fi": "Yksi"}, {"position": 2, "name_fi": "Kaksi"}),
    Part.CONTACTS: ({"position": 1, "name": "Anna"}, {"position": 2, "name": "Sari"}),
}
# What no amendment is asked for: the number and the years stay, by a rule of their own.
FREE = {"id", "state", "number", "first_year", "last_year"}
OTHER_VALUES = {
    "theme": "Toinen",
    "background": ["Siksi"],
    "population_year": 2025,
    "fee": 1,
    "vat_on_top": True,
    "travel_on_top": True,
    "billing_months": [3],
    "late_joining": LateJoining.FULL,
}


@pytest.fixture
def draft(db) -> Season:
    """A draft with a row in each part, which prices everybody."""
    season = Season.objects.create(number=8, first_year=2025, last_year=2026)
    FeeTier.objects.create(season=season, population=(0, None), annual_fee_eur=9_000)
    for part, (fields, _another) in ROWS.items():
        TABLES[part].objects.create(season=season, **fields)
    return season


@pytest.fixture
def published(draft) -> Season:
    Season.objects.filter(pk=draft.pk).update(state=SeasonState.OPEN)
    draft.refresh_from_db()
    return draft


def row_of(part: SeasonPart) -> "QuerySet[Any]":
    rows = TABLES[part]._base_manager
    return rows.filter(replaced_at__isnull=False) if part == Part.FEES else rows.all()


def other_value(name: str) -> Any:
    return next(value for start, value in OTHER_VALUES.items() if name.startswith(start))


@pytest.mark.parametrize("part", list(TABLES))
def test_no_row_of_a_published_season_comes_changes_or_goes_by_itself(published, part):
    changed = {"annual_fee_eur": 7} if part == Part.FEES else {"position": 7}

    with pytest.raises(IntegrityError, match=REFUSED):
        TABLES[part].objects.create(season=published, **ROWS[part][1])
    with pytest.raises(IntegrityError, match=REFUSED):
        row_of(part).update(**changed)
    with pytest.raises(IntegrityError, match=REFUSED):
        row_of(part)._raw_delete("default")

    assert row_of(part).count() == 1


@pytest.mark.parametrize("part", list(TABLES))
def test_rows_of_a_draft_come_change_and_go(draft, part):
    row_of(part).update(**{"annual_fee_eur": 7} if part == Part.FEES else {"position": 7})
    TABLES[part].objects.create(season=draft, **ROWS[part][1])
    row_of(part)._raw_delete("default")

    assert not row_of(part).exists()


def test_no_field_of_a_published_season_changes_by_itself(published):
    names = {field.name for field in Season._meta.concrete_fields} - FREE

    for name in sorted(names):
        with pytest.raises(IntegrityError, match=REFUSED):
            Season.objects.filter(pk=published.pk).update(**{name: other_value(name)})


def test_row_of_a_draft_does_not_move_into_a_published_season(published):
    draft = Season.objects.create(number=9, first_year=2027, last_year=2028)
    row = Theme.objects.create(season=draft, position=2, name_fi="Uusi")

    with pytest.raises(IntegrityError, match=REFUSED):
        Theme.objects.filter(pk=row.pk).update(season=published)


def test_change_stands_with_the_amendment_of_its_part(published, coordinator):
    with transaction.atomic():
        Theme.objects.update(name_fi="Toinen")
        AmendmentFactory(season=published, part=Part.THEMES, by=coordinator)

    assert Theme.objects.get().name_fi == "Toinen"


def test_amendment_says_why(published, coordinator):
    with pytest.raises(IntegrityError, match="amendment_says_why"), transaction.atomic():
        AmendmentFactory(season=published, part=Part.THEMES, by=coordinator, reason_fi="")


def test_amendment_of_another_part_season_or_time_is_not_enough(published, coordinator):
    other = Season.objects.create(number=7, first_year=2023, last_year=2024)
    AmendmentFactory(season=published, part=Part.THEMES, by=coordinator)

    def change() -> None:
        with transaction.atomic():
            Theme.objects.update(name_fi="Toinen")
            AmendmentFactory(season=published, part=Part.PHASES, by=coordinator)
            AmendmentFactory(season=other, part=Part.THEMES, by=coordinator)

    with pytest.raises(IntegrityError, match=REFUSED):
        change()


def test_editing_stores_its_amendment_though_a_row_is_removed(published, coordinator):
    theme = Theme.objects.get()
    rows = Rows(({"name_fi": "Uusi"},), removed=frozenset({theme.pk}))
    why = editing.Reason({"fi": "Näin päätettiin.", "sv": "", "en": ""}, date(2026, 12, 1))

    editing.edit_part(
        season=published, part=Part.THEMES, content=rows, reason=why, by=coordinator, at=AT
    )

    assert [each.name_fi for each in Theme.objects.all()] == ["Uusi"]
    assert [each.part for each in Amendment.objects.all()] == [Part.THEMES]


def test_season_that_nobody_has_read_is_loaded_whole():
    load_seasons()

    assert Season.objects.get(number=8).themes.count() > 0
    with pytest.raises(IntegrityError, match=REFUSED):
        SeasonContact.objects.create(
            season=Season.objects.get(number=8), position=1, name="Myöhemmin"
        )


def test_phases_of_a_season_have_no_day_in_common(draft):
    first = Phase.objects.get()

    with pytest.raises(IntegrityError, match="phases_do_not_overlap"):
        Phase.objects.create(
            season=draft, position=2, name_fi="Kesä",
            starts_on=first.ends_on, ends_on=date(2026, 8, 1),
        )  # fmt: skip
    Phase.objects.create(season=draft, position=2, name_fi="Syksy", **AUTUMN)
    with transaction.atomic():  # they may change days with each other
        Phase.objects.filter(pk=first.pk).update(**AUTUMN)
        Phase.objects.exclude(pk=first.pk).update(**SPRING)

    assert Phase.objects.count() == 2


def test_lines_of_the_package_change_kinds_with_each_other_and_their_history_stands(
    draft, coordinator
):
    line = Entitlement.objects.get()
    other = Entitlement.objects.create(season=draft, kind=EntitlementKind.SUPPORT, position=2)
    rows = Rows(
        ({"id": line.pk, "kind": other.kind}, {"id": other.pk, "kind": line.kind}), frozenset()
    )

    editing.edit_part(season=draft, part=Part.PACKAGE, content=rows, by=coordinator, at=AT)

    (history,) = event_models(tracks_model=Entitlement)
    kinds = history.objects.filter(pgh_obj_id=line.pk).order_by("pgh_id")
    assert [(each.pgh_label, each.kind) for each in kinds] == [
        ("insert", line.kind),
        ("update", other.kind),
    ]
