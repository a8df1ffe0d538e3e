"""The yearly populations: read as a job, previewed, then taken into use or rejected by a coordinator."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from analysis.statistics.actions.populations import PopulationReport, save_populations
from analysis.statistics.actions.starting import lock_imports, start_import_job
from analysis.statistics.enums import PopulationOrigin, PopulationState
from analysis.statistics.models import DataVersion, Indicator, Observation, PopulationImport
from analysis.statistics.sources.base import SourceError
from analysis.statistics.sources.population_files import AreasOfYear, PopulationTable, read_table
from analysis.statistics.sources.population_tables import (
    NETWORK,
    PLAN,
    Populations,
    read_populations,
)
from municipalities import division
from municipalities.facts import PopulationFigure
from municipalities.models import Municipality, User
from uso.ground.actions import action, claim
from uso.ground.jobs.models import Job
from uso.ground.lib import sheets
from uso.ground.lib.errors import RuleViolation, UnreadableFile
from uso.ground.lib.money import number
from uso.ground.lib.uploads import SentFile


class PopulationRefused(RuleViolation):
    """The populations cannot be read or decided upon so; `field` names what is wrong."""


@action()
def start_reading(*, year: int, origin: str, file: SentFile | None, by: User) -> PopulationImport:
    """Start the job that reads the populations of a year; nothing is taken into use by it.

    Raises
    ------
    RuleViolation
        When an import is under way, or the file is not what its name says.
    """
    lock_imports()
    if file is not None:
        try:
            sheets.check_file(file.name, file.content)
        except UnreadableFile as error:
            raise PopulationRefused(error.message, field="file") from error
    made = PopulationImport.objects.create(
        year=year,
        origin=origin,
        file_name=file.name[:200] if file else "",
        file=file.content if file else None,
        started_by=by,
    )
    job: Job = start_import_job(
        "statistics.read_populations",
        title=gettext_noop("Reading of populations"),
        by=by,
        import_id=made.pk,
    )
    made.job_id = job.pk
    made.save(update_fields=["job_id"])
    return made


def read_import(*, import_id: int, progress: Callable[[int, int], None]) -> PopulationImport:
    """Read the populations of an import and leave them for a decision; read twice it is the same.

    Raises
    ------
    RuleViolation
        When the source does not answer or the file cannot be read; nothing is changed.
    """
    found = PopulationImport.objects.get(pk=import_id)
    if found.state not in (PopulationState.READING, PopulationState.FAILED):
        return found
    progress(0, 2)
    try:
        table, source = _read(found)
    except RuleViolation as error:
        _close(found, PopulationState.FAILED, error=error.message)
        raise
    progress(1, 2)
    _close(
        found,
        PopulationState.PREVIEWED,
        source=source,
        counts=table.counts,
        problems=[asdict(one) for one in table.problems],
        notes=table.notes,
    )
    progress(2, 2)
    return found


def _close(
    found: PopulationImport, state: PopulationState, source: str = "", **report: Any
) -> None:
    found.state, found.source, found.report = state, source[:120], report
    found.file = None  # what it held is in the report
    found.save(update_fields=["state", "source", "report", "file"])


def _read(found: PopulationImport) -> tuple[PopulationTable, str]:
    if found.origin == PopulationOrigin.FILE:
        body = bytes(found.file or b"")
        areas = areas_of(found.year)
        return read_table(found.file_name, body, year=found.year, areas=areas), found.file_name
    if found.origin == PopulationOrigin.STATISTICS:
        return _read_observations(found.year)
    populations = read_populations(NETWORK)
    counts = {one.code: one.count for one in populations.figures if one.year == found.year}
    latest = max((one.year for one in populations.figures), default=None)
    _require_any(counts, found.year, latest)
    return PopulationTable(found.year, counts), populations.source


def areas_of(year: int) -> AreasOfYear:
    """Return what codes and names mean in a file of populations at the end of a year (four queries).

    The division is that of the year or of the morning after, on which statistics are published.
    """
    on_either = Municipality.objects.in_force(on=date(year, 12, 31)) | (
        Municipality.objects.in_force(on=date(year + 1, 1, 1))
    )
    return AreasOfYear(
        {row.code: row.name for row in on_either},
        {name.casefold(): code for name, code in division.codes_by_name().items()},
        division.successors(),
    )


def _read_observations(year: int) -> tuple[PopulationTable, str]:
    """Read the newest version of the figures that the analyses use (two queries)."""
    [series] = PLAN.series
    rows = (
        Observation.objects.filter(
            indicator__in=Indicator.objects.filter(code=series.indicator),
            breakdown="",
            value__isnull=False,
        )
        .order_by("area", "year", "-version")
        .distinct("area", "year")
        .values_list("area", "year", "value", "version")
    )
    areas = areas_of(year).names
    found = [row for row in rows if row[0] in areas]
    counts = {area: round(value or 0) for area, at, value, _version in found if at == year}
    _require_any(counts, year, max((at for _area, at, *_rest in found), default=None))
    newest = max(version for _area, at, _value, version in found if at == year)
    version = DataVersion.objects.get(pk=newest)
    released = f", {version.source_updated_at:%Y-%m-%d}" if version.source_updated_at else ""
    return PopulationTable(year, counts), f"Tilastokeskus, {version.table}{released}"


def _require_any(counts: dict[str, int], year: int, latest: int | None) -> None:
    if counts:
        return
    if latest is None:
        raise SourceError(_("No population has been read there yet: choose another source."))
    raise SourceError(
        _("There are no populations of %(year)s yet; the latest are those of %(latest)s.")
        % {"year": year, "latest": latest}
    )


@dataclass(frozen=True)
class StoredPopulations:
    """What taking an import into use did."""

    year: int
    report: PopulationReport


@action()
def take_into_use(*, found: PopulationImport, by: User) -> StoredPopulations:
    """Store the populations of an import, all or none; of two presses one counts.

    Raises
    ------
    PopulationRefused
        When the import waits for nobody any more.
    """
    claim(
        found,
        where=Q(state=PopulationState.PREVIEWED),
        refusal=PopulationRefused(_already()),
        state=PopulationState.STORED,
        decided_at=timezone.now(),
        decided_by=by,
    )
    figures = tuple(
        PopulationFigure(code, found.year, count) for code, count in found.report["counts"].items()
    )
    report = save_populations(Populations(figures, found.source), accept_losses=True)
    return StoredPopulations(found.year, report)


@action()
def reject(*, found: PopulationImport, by: User) -> PopulationImport:
    """Leave the populations as they are; of two presses one counts."""
    return claim(
        found,
        where=Q(state=PopulationState.PREVIEWED),
        refusal=PopulationRefused(_already()),
        state=PopulationState.DECLINED,
        decided_at=timezone.now(),
        decided_by=by,
    )


def _already() -> str:
    return _("This import has been decided upon already.")


def stored_in_words(done: StoredPopulations) -> str:
    """Say what taking an import into use did."""
    return _("Populations of %(year)s: %(added)s new, %(changed)s revised, %(same)s as before.") % {
        "year": done.year,
        "added": number(done.report.added),
        "changed": number(done.report.changed),
        "same": number(done.report.same),
    }
