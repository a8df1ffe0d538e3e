"""Write everything of a season to a folder, for an archive or to move away."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from seasons.models import Season
from uso.ground.lib.commands import Error, plainly
from uso.ground.tenancy.crossing import across_municipalities
from uso.roof.archive.writing import ArchivedFile, write_archive


class Command(BaseCommand):
    help = (
        "Write everything of a season as CSV and JSON, its PDF files, and a manifest with the rows"
        " and the SHA-256 of each file. The folder holds personal data: keep it as such."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, metavar="N", help="the season's number")
        parser.add_argument(
            "--out", type=Path, required=True, metavar="DIR", help="an empty folder"
        )

    def handle(self, *args: Any, number: int, out: Path, **options: Any) -> None:
        with plainly():
            written = _write(_season(number), out)
        rows = sum(file.rows or 0 for file in written if file.name.endswith(".json"))
        self.stdout.write(f"USO{number}: {rows} rows in {len(written)} files, in {out}")


def _season(number: int) -> Season:
    season = Season.objects.filter(number=number).first()
    if season is None:
        known = ", ".join(
            map(str, Season.objects.order_by("number").values_list("number", flat=True))
        )
        raise Error(f"There is no season {number}. Known: {known or 'none'}.")
    return season


def _write(season: Season, out: Path) -> list[ArchivedFile]:
    try:
        with across_municipalities(reason="the archive of a season holds every municipality of it"):
            return write_archive(season, out, at=timezone.now())
    except FileExistsError as error:
        raise Error(f"{out} is not an empty folder: name another one.") from error
    except OSError as error:
        raise Error(f"{out} cannot be written: {error.strerror}.") from error
