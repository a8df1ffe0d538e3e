"""Read one source of statistics, as the job does, and print what was found."""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from analysis.statistics.actions.imports import BUNDLED, NETWORK, import_statistics
from analysis.statistics.enums import Doubt, ImportState, MissingReason, RejectReason
from analysis.statistics.models import ImportRun
from analysis.statistics.sources import registry
from uso.ground.lib.commands import plainly

ALL = "all"


class Command(BaseCommand):
    help = (
        "Reads one source of statistics, or every live one, and stores what is new: all of it or nothing. Prints rows read, "
        "stored and changed, missing by reason, and rejected with why."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "source",
            metavar="SOURCE",
            nargs="?",
            default=ALL,
            help="pxweb (Statistics Finland), sotkanet (THL), a source of files, or nothing for every source "
            f"that is asked over the network (with --from {BUNDLED}: every source that comes with the service)",
        )
        parser.add_argument(
            "--from",
            dest="origin",
            default=NETWORK,
            metavar="FILE_OR_URL",
            help="a saved answer (json-stat2, gzip or not), a folder of them or an address, instead of the "
            f"network; '{BUNDLED}' reads the figures that come with the service; a source of files takes "
            "XLSX or CSV with its mapping beside it",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="read and compare, store nothing"
        )
        parser.add_argument(
            "--accept-losses",
            action="store_true",
            help="store even when many figures known before are lost",
        )

    def handle(
        self, *, source: str, origin: str, dry_run: bool, accept_losses: bool, **_options: Any
    ) -> None:
        if source == ALL and origin not in (NETWORK, BUNDLED):
            raise CommandError("Name the source of the file.")
        with _rolled_back_if(dry_run):
            errors = [
                error
                for one in _sources(source, origin)
                if (error := self._import(one, origin, accept_losses, dry_run)) is not None
            ]
        if errors:
            raise errors[0]

    def _import(
        self, source: str, origin: str, accept_losses: bool, dry_run: bool
    ) -> CommandError | None:
        """Read one source; what fails is returned, so that the others are read all the same."""
        try:
            with plainly():
                run = import_statistics(
                    source=source,
                    origin=origin,
                    by=None,
                    accept_losses=accept_losses,
                    progress=self._progress,
                )
                self._print(run, dry_run=dry_run)
        except CommandError as error:
            self.stderr.write(f"source {source}: {error}")
            return error
        return None

    def _progress(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{100 * done // max(total, 1)} %", ending="")

    def _print(self, run: ImportRun, *, dry_run: bool) -> None:
        report = run.report
        for table in report["tables"]:
            self.stdout.write(f"table {table['table']}: {_outcome(table)}")
        for name, key in (
            ("read", "rows_read"),
            ("stored", "stored"),
            ("new", "added"),
            ("changed", "changed"),
            ("lost", "lost"),
        ):
            self.stdout.write(f"rows {name}: {report[key]}")
        for reason, count in report["missing"].items():
            self.stdout.write(f"missing, {MissingReason(reason).label.lower()}: {count}")
        for row in report["rejected"]:
            self.stdout.write(f"rejected, {_why(row)}: {row['rows']}")
        for row in report["doubts"]:
            self.stdout.write(
                f"check, {_detailed(str(Doubt(row['doubt']).label), row)}: {row['cells']}"
            )
        if dry_run:
            self.stdout.write("dry run: nothing was stored")
        elif run.state == ImportState.UNCHANGED:
            self.stdout.write("nothing changed")


def _sources(source: str, origin: str) -> Sequence[str]:
    if source != ALL:
        return (source,)
    return registry.BUNDLED_SOURCES if origin == BUNDLED else registry.LIVE_SOURCES


@contextmanager
def _rolled_back_if(dry_run: bool) -> Iterator[None]:
    """Run as it is, or in a transaction that is rolled back at the end."""
    if not dry_run:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _outcome(table: dict[str, Any]) -> str:
    if table["state"] == ImportState.FAILED:
        return "not known to the source"
    return f"version {table['version']}" if table["version"] else "nothing changed"


def _why(row: dict[str, Any]) -> str:
    return _detailed(str(RejectReason(row["reason"]).label), row)


def _detailed(label: str, row: dict[str, Any]) -> str:
    return f"{label.lower()} ({row['detail']})" if row["detail"] else label.lower()
