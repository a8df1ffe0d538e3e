"""The writing of a season, part by part; of one that is open, as an amendment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from django.db import IntegrityError, connection, router, transaction
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.errors import ForeignKeyViolation

from municipalities.models import User
from seasons import queries
from seasons.actions.numbering import take_years
from seasons.content import TABLES
from seasons.days import amendment_days
from seasons.enums import SeasonPart
from seasons.models import Amendment, Entitlement, FeeTier, Phase, Season
from seasons.wording import changes_between, in_all_languages
from uso.ground.actions import action
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.languages import LANGUAGES
from uso.ground.lib.rows import Rows


class SeasonNotEditable(RuleViolation):
    """The season cannot be changed like this."""


@dataclass(frozen=True)
class Reason:
    """Why an open season changes, and from which day."""

    texts: Mapping[str, str]
    holds_from: date


@dataclass(frozen=True)
class Tiers:
    """Fee tiers as ranges of populations with their fees; a fee may be unknown in a draft."""

    fees: Mapping[tuple[int, int | None], Decimal | None]


Content: TypeAlias = Mapping[str, Any] | Rows | Tiers
"""A part's content: fields of the season, rows, or tiers."""


@action()
def make_empty_season(*, number: int, first_year: int, last_year: int, by: User) -> Season:
    """Make an empty draft."""
    season = Season(number=number, first_year=first_year, last_year=last_year)
    take_years(season)
    season.save()
    return season


@action()
def edit_part(
    *,
    season: Season,
    part: SeasonPart,
    content: Content,
    reason: Reason | None = None,
    by: User,
    at: datetime,
) -> Season:
    """Write one part of a season; of an open one with the reason, which its amendment stores."""
    season = queries.lock_season(season)
    today = timezone.localdate(at)
    if season.has_ended(on=today):
        raise SeasonNotEditable(_("The season has ended: it stays as it was."))
    if season.is_draft:
        _write(season, part, content, at)
        return season
    if reason is None:
        raise SeasonNotEditable(
            _(
                "The season is published: it changes only by an amendment, with a reason. Look again."
            )
        )
    amendment_days(season, part, today=today).require(reason.holds_from, field="holds_from")
    before = in_all_languages(season, part, queries.rows_of(season, part))
    _write(season, part, content, at)
    now = in_all_languages(season, part, queries.rows_of(season, part))
    changes = {language: changes_between(before[language], now[language]) for language in LANGUAGES}
    if not any(changes.values()):
        raise SeasonNotEditable(_("Nothing was changed, so there is no amendment to make."))
    Amendment.objects.create(
        season=season,
        part=part,
        holds_from=reason.holds_from,
        **{f"reason_{language}": text for language, text in reason.texts.items()},
        changes=changes,
        at=at,
        by=by,
    )
    return season


def _write(season: Season, part: SeasonPart, content: Content, at: datetime) -> None:
    if isinstance(content, Tiers):
        _write_tiers(season, content, at)
    elif isinstance(content, Rows):
        _write_rows(season, part, content)
    else:
        _write_fields(season, content)


def _write_fields(season: Season, fields: Mapping[str, Any]) -> None:
    fixed = {"number", "first_year", "last_year"} & fields.keys()
    if fixed and not season.is_draft:
        raise SeasonNotEditable(_("Number and years of a published season do not change."))
    if fields.get("vat_on_top", season.vat_on_top) != season.vat_on_top:
        _require_nobody_confirmed(season)
    for name, value in fields.items():
        setattr(season, name, value)
    if fixed:
        take_years(season)
    season.save(update_fields=list(fields))


def _require_nobody_confirmed(season: Season) -> None:
    """Keep what a confirmation fixed beside the fee; one who has withdrawn may come back to it."""
    if queries.was_anybody_confirmed(season):
        raise SeasonNotEditable(
            _(
                "The season has confirmed members, and their terms do not change: leave VAT as it is."
            ),
            field="vat_on_top",
        )


def _write_rows(season: Season, part: SeasonPart, content: Rows) -> None:
    """Store the rows in their order; one that was added meanwhile stays, after them."""
    model = TABLES[part]
    there = {row.pk: row for row in model.objects.filter(season=season)}
    for key in content.removed & there.keys():
        _remove(model, there.pop(key))
    rows = []
    for fields in content.rows:
        row = there.pop(fields.get("id"), None) or model(season=season)
        for name in fields.keys() - {"id"}:
            setattr(row, name, fields[name])
        rows.append(row)
    rows += there.values()
    if model is Entitlement:
        _require_each_kind_once(rows)
    if model is Phase:
        rows.sort(key=lambda phase: phase.starts_on)
        _require_apart(rows)
    for position, row in enumerate(rows, start=1):
        row.position = position
        row.save()


def _require_each_kind_once(lines: Iterable[Entitlement]) -> None:
    kinds: set[str] = set()
    for line in lines:
        if line.kind in kinds:
            raise SeasonNotEditable(
                _("The package has two lines of the kind “%(kind)s”: make them one.")
                % {"kind": line.get_kind_display()}
            )
        kinds.add(line.kind)


def _require_apart(phases: Iterable[Phase]) -> None:
    last: Phase | None = None
    for phase in phases:
        if last and phase.starts_on <= last.ends_on:
            raise SeasonNotEditable(
                _("“%(one)s” and “%(other)s” have days in common: let one end before the other.")
                % {"one": last.name, "other": phase.name}
            )
        last = phase


def _remove(model: Any, row: Any) -> None:
    """Remove a row, unless something rests on it: an event of a phase, a wish for a workshop."""
    try:
        with transaction.atomic():
            # Plain SQL: Django would first read what rests on it, in municipalities' own tables.
            model.objects.filter(pk=row.pk)._raw_delete(router.db_for_write(model))
            _ask_what_rests_on(model)
    except IntegrityError as error:
        if not isinstance(error.__cause__, ForeignKeyViolation):
            raise
        raise SeasonNotEditable(
            _("“%(name)s” is in use, so it cannot be removed: change its words instead.")
            % {"name": row.name}
        ) from error


def _ask_what_rests_on(model: Any) -> None:
    """Check now, not at the end, that nothing points to a row that is gone.

    All else is checked at the end: the amendment is not stored yet.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint"
            " WHERE contype = 'f' AND condeferrable AND confrelid = %s::regclass",
            [model._meta.db_table],
        )
        if names := ", ".join(connection.ops.quote_name(name) for (name,) in cursor.fetchall()):
            cursor.execute(f"SET CONSTRAINTS {names} IMMEDIATE")
            cursor.execute(f"SET CONSTRAINTS {names} DEFERRED")


def _write_tiers(season: Season, tiers: Tiers, at: datetime) -> None:
    """Put other tiers in the place of those that differ; confirmed fees rest on theirs still."""
    missing = dict(tiers.fees)
    rested = queries.tiers_rested_on(season)
    for tier in FeeTier.objects.filter(season=season):
        limits = (tier.lower, tier.upper)
        if limits in missing and missing[limits] == tier.annual_fee_eur:
            del missing[limits]
        elif tier.pk in rested:
            tier.replaced_at = at
            tier.save(update_fields=["replaced_at"])
        else:
            FeeTier.objects.filter(pk=tier.pk)._raw_delete(router.db_for_write(FeeTier))
    FeeTier.objects.bulk_create(
        FeeTier(season=season, population=NumericRange(*limits), annual_fee_eur=fee)
        for limits, fee in missing.items()
    )
