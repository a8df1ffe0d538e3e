"""Write one municipality's analysis to files: the PDF, the HTML it comes from, the data annex."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Q
from django.utils import timezone

from analysis.content.edition import EditionContent
from analysis.models import Analysis
from analysis.queries.next_edition import content_now
from analysis.render.annex import annex_xlsx
from analysis.render.pdf import report_pdf, standalone_html
from municipalities.models import Municipality
from seasons.models import Season
from uso.ground.lib.commands import Error, plainly
from uso.ground.lib.texts import LANGUAGES
from uso.ground.tenancy.scope import scope


class Command(BaseCommand):
    help = (
        "Write a municipality's newest analysis of a season to files. Without an edition the one"
        " that would be built today is written; nothing is stored."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("municipality", help="code, name or part of the address: 217, Kannus")
        parser.add_argument("--season", type=int, required=True, metavar="N")
        parser.add_argument("--language", choices=LANGUAGES, default="fi")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")

    def handle(
        self,
        *args: Any,
        municipality: str,
        season: int,
        language: str,
        out: Path,
        **options: Any,
    ) -> None:
        with plainly():
            found = _municipality(municipality)
            content = _content(found, _season(season))
            self._write(content, found, language, _folder(out))

    def _write(
        self, content: EditionContent, found: Municipality, language: str, out: Path
    ) -> None:
        stem = f"{found.slug}-uso{content.edition.season}-{content.edition.number}-{language}"
        pdf = report_pdf(content, language)
        files = {
            "pdf": pdf.content,
            "html": standalone_html(content, language).encode(),
            "xlsx": annex_xlsx(content, language),
        }
        for suffix, data in files.items():
            path = out / f"{stem}.{suffix}"
            path.write_bytes(data)
            self.stdout.write(f"{path}  {len(data):,} bytes".replace(",", " "))


def _municipality(words: str) -> Municipality:
    wanted = (
        Q(code=words) | Q(slug=words.lower()) | Q(name_fi__iexact=words) | Q(name_sv__iexact=words)
    )
    found = Municipality.objects.filter(wanted).first()
    if found is None:
        raise Error(f"There is no municipality {words}.")
    return found


def _season(number: int) -> Season:
    found = Season.objects.filter(number=number).first()
    if found is None:
        raise Error(f"There is no season {number}.")
    return found


def _folder(out: Path) -> Path:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Error(f"The folder {out} cannot be made: {error.strerror}.") from error
    return out


def _content(municipality: Municipality, season: Season) -> EditionContent:
    with scope(municipality.pk):
        newest = Analysis.objects.filter(season=season).newest()
        if newest:
            return newest.content
        return content_now(
            municipality=municipality, season=season, number=1, on=timezone.localdate()
        )
