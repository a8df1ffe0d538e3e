"""Read populations by year, and print who would change fee tier."""

from argparse import ArgumentParser
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from analysis.statistics.actions.populations import PopulationReport, save_populations
from analysis.statistics.enums import RejectReason
from analysis.statistics.queries import tier_changes as queries
from analysis.statistics.queries.tier_changes import TierChange
from analysis.statistics.sources.population_tables import NETWORK, Populations, read_populations
from uso.ground.lib.commands import plainly


class Command(BaseCommand):
    help = (
        "Reads the population of each municipality by year (31 December) and stores what is new or revised; "
        "prints who would change fee tier in the current season. Confirmed fees stay as they are."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from",
            dest="origin",
            default=NETWORK,
            metavar="FILE",
            help="json-stat2 as Statistics Finland answers (table 11re), or CSV with 'code' and a column for "
            "each year, or 'code', 'year' and 'count'; the network by default",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="read and compare, store nothing"
        )
        parser.add_argument(
            "--accept-losses",
            action="store_true",
            help="store even when most populations are at most half or at least twice those known",
        )

    def handle(self, *, origin: str, dry_run: bool, accept_losses: bool, **_options: Any) -> None:
        with plainly():
            populations = read_populations(origin)
            with transaction.atomic():
                self._store(populations, accept_losses=accept_losses)
                transaction.set_rollback(dry_run)
        if dry_run:
            self.stdout.write("dry run: nothing was stored")

    def _store(self, populations: Populations, *, accept_losses: bool) -> None:
        season = queries.season_of(timezone.localdate())
        before = queries.deciding_figures(season.population_year if season else None)
        report = save_populations(populations, accept_losses=accept_losses)
        self._print(populations, report)
        if season is None:
            self.stdout.write("no season: fee tiers were not compared")
            return
        changes = queries.tier_changes(season, before, queries.deciding_figures(None))
        self.stdout.write(f"would change fee tier in {season}: {len(changes)}")
        for change in changes:
            self.stdout.write(_line(change))

    def _print(self, populations: Populations, report: PopulationReport) -> None:
        self.stdout.write(f"source: {populations.source}")
        self.stdout.write(f"years: {_years(report.years)}")
        self.stdout.write(f"rows read: {report.read}")
        self.stdout.write(f"rows new: {report.added}")
        self.stdout.write(f"rows changed: {report.changed}")
        self.stdout.write(f"rows known already: {report.same}")
        for row in populations.rejected:
            label = str(RejectReason(row.reason).label).lower()
            self.stdout.write(f"rejected, {label} ({row.detail}): {row.rows}")


def _years(years: tuple[int, ...]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]} ({len(years)})"


def _line(change: TierChange) -> str:
    old, new = (f"{count} ({year})" for count, year in (change.before, change.after))
    fees = f"{_fee(change.fee_before)} → {_fee(change.fee_after)}"
    state = (
        ", fee confirmed and stays"
        if change.frozen
        else ", takes part"
        if change.takes_part
        else ""
    )
    return f"  {change.name} ({change.code}): {old} → {new}, {fees}{state}"


def _fee(fee: Decimal | None) -> str:
    return "fee not given" if fee is None else f"{fee:.2f} €"
