"""Draft the yearly fees of a season, or print what would be drafted."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from billing.actions import check_dates, make_fee_drafts
from billing.pricing import Totals, fee_supplied_on
from billing.queries import FeeYear, year_fees
from seasons.models import Season
from uso.ground.lib.commands import Error, plainly
from uso.ground.lib.money import euros

NAME, MONEY = "{:<24}", "{:>16}"


class Command(BaseCommand):
    help = (
        "Drafts the yearly fee of every confirmed member of a season that lacks one: all of them or none. "
        "Prints the sums, and whom it leaves out and why: whoever joined after the year is billed for "
        "it on the page alone, where a coordinator chooses."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--season", type=int, required=True, metavar="N", help="number, as 8")
        parser.add_argument("--year", type=int, required=True, metavar="Y", help="year of the fee")
        parser.add_argument(
            "--supply-on",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="day that decides the rate of VAT; the last day of the year unless given",
        )
        parser.add_argument(
            "--preview", action="store_true", help="print the drafts, make none of them"
        )

    def handle(
        self, *, season: int, year: int, supply_on: date | None, preview: bool, **_options: Any
    ) -> None:
        with plainly():
            found = Season.objects.filter(number=season).first()
            if found is None:
                raise Error(f"There is no season {season}.")
            day = supply_on or fee_supplied_on(year)
            check_dates(found, year, day)
            fees = year_fees(found, year, day)
            self._print(fees)
            if preview:
                self.stdout.write(f"preview: {len(fees.to_make)} to draft, none was made")
                return
            run = make_fee_drafts(
                season=found,
                year=year,
                by=None,
                at=timezone.now(),
                supply_on=day,
                seen_gross_eur=fees.expected.gross_eur,
            )
            self.stdout.write(f"drafted: {run.made}, drafted before: {run.there_before}")

    def _print(self, fees: FeeYear) -> None:
        self._line("", "net", "VAT", "total")
        for row in fees.rows:
            if row.due:
                self._sums(row.municipality.name, row.due.totals)
        self._sums("in all", fees.expected)
        for row in fees.rows:
            for each in filter(None, (row.obstacle, *row.missing)):
                self.stdout.write(f"{row.municipality.name}: {each}")

    def _sums(self, name: str, sums: Totals) -> None:
        self._line(name, *map(euros, (sums.net_eur, sums.vat_eur, sums.gross_eur)))

    def _line(self, name: str, *cells: str) -> None:
        self.stdout.write(NAME.format(name) + "".join(MONEY.format(cell) for cell in cells))
