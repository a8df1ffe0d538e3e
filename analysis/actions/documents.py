"""The PDF of an edition: made once in each language, and the jobs that make them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from analysis.enums import DocumentKind
from analysis.models import Analysis, AnalysisDocument
from analysis.queries import board
from analysis.queries import edition_list as queries
from analysis.refusals import AnalysisRefused
from analysis.render.pdf import report_pdf
from municipalities.models import Municipality, User
from seasons.models import Season
from uso.ground.actions import action
from uso.ground.jobs.models import Job
from uso.ground.jobs.runner import start_job
from uso.ground.lib.pdf import Pdf
from uso.ground.tenancy.scope import scope


def make_document(*, analysis_id: int, municipality_id: int, language: str) -> bool:
    """Make and store the PDF of an edition in a language; False when it was there already.

    Opens its own scopes: the seconds of drawing hold no transaction. A draft built again
    meanwhile is drawn anew.
    """
    while True:
        with scope(municipality_id):
            analysis = Analysis.objects.get(pk=analysis_id)
            if _documents(analysis, language).exists():
                return False
        pdf = report_pdf(analysis.content, language)
        with scope(municipality_id):
            if _store(analysis, language, pdf):
                return True


def _documents(analysis: Analysis, language: str) -> Any:
    return AnalysisDocument.objects.filter(
        analysis=analysis, language=language, kind=DocumentKind.PDF
    )


def _store(analysis: Analysis, language: str, pdf: Pdf) -> bool:
    """Keep the file if the edition is still the one it was made of."""
    now = Analysis.objects.select_for_update(of=("self",)).defer("content").get(pk=analysis.pk)
    if now.sha256 != analysis.sha256:
        return False
    if not _documents(analysis, language).exists():
        AnalysisDocument.objects.create(
            municipality_id=analysis.municipality_id,
            analysis=analysis,
            language=language,
            kind=DocumentKind.PDF,
            content=pdf.content,
            sha256=pdf.sha256,
            pages=pdf.pages,
        )
    return True


@action(of="analysis")
def start_document(*, analysis: Analysis, language: str, by: User) -> Job:
    """Start making the PDF of one edition, or return the job that is at it: one, however many press."""
    Analysis.objects.select_for_update(of=("self",)).only("pk").get(pk=analysis.pk)
    running = queries.unfinished_document_job(analysis, language)
    return running or start_job(
        task="analysis.document",
        kind=queries.DOCUMENT_JOB,
        title=gettext_noop("PDF of the situation analysis"),
        by=by,
        municipality=analysis.municipality,
        parameters={"analysis_id": analysis.pk, "language": language},
    )


@action(of="analysis")
def start_own_documents(*, analysis: Analysis, by: User) -> list[Job]:
    """Start making the PDFs an edition lacks in the languages of its municipality."""
    made = AnalysisDocument.objects.filter(analysis=analysis, kind=DocumentKind.PDF)
    ready = set(made.values_list("language", flat=True))
    wanted = [each for each in _languages(analysis.municipality) if each not in ready]
    return [start_document(analysis=analysis, language=each, by=by) for each in wanted]


@action()
def start_documents(*, season: Season, by: User) -> Job:
    """Start making the missing PDFs of every member in its own languages, or return the job at it."""
    board.lock_presses(season)
    items = list(_wanted_documents(board.season_board(season)))
    if not items:
        raise AnalysisRefused(
            _("There is nothing to make: build the analyses first, or all PDFs are ready.")
        )
    running = board.running_job(
        season, board.ALL_DOCUMENTS_JOB, {key for key, _place, _given in items}
    )
    return running or start_job(
        task="analysis.season_document",
        kind=board.ALL_DOCUMENTS_JOB,
        title=gettext_noop("PDFs of the season's situation analyses"),
        by=by,
        parameters={"season_id": season.pk},
        items=items,
    )


def _wanted_documents(
    rows: Iterable[board.BoardRow],
) -> Iterable[tuple[str, int, dict[str, Any]]]:
    for row in rows:
        for language in _languages(row.municipality) if row.edition else ():
            if language not in row.documents:
                given = row.named | {"language": language}
                yield f"{row.municipality.code}-{language}", row.municipality.pk, given


def _languages(municipality: Municipality) -> list[str]:
    """Give the languages of a municipality, that of its majority first."""
    return municipality.language_status.split("-")
