"""Editions for tests: a few stored figures, and files without the seconds of drawing."""

from datetime import UTC, date, datetime

from django.db import connection
from django.utils import timezone

from analysis.actions import building, expert_texts, publishing
from analysis.actions.peer_sets import choose_peers
from analysis.content.edition import digest
from analysis.enums import AnalysisState
from analysis.models import Analysis, AnalysisDocument, ExpertComment, FindingEdit
from analysis.queries import expert_work as texts_of
from analysis.statistics.actions.loading import load_catalogue
from analysis.statistics.enums import ImportState
from analysis.statistics.models import (
    DataVersion,
    ImportRun,
    Indicator,
    Observation,
    RawAnswer,
    Source,
)
from municipalities.models import User
from seasons.enums import ParticipationState
from tests.analysis.figures import content, material
from tests.seasons.factories import ParticipationFactory
from uso.ground.jobs.models import Job
from uso.ground.lib.pdf import Pdf
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope

ON = date(2026, 11, 22)
# Whose figures the municipalities of the tests have (tests/analysis/figures.py).
CODES = {"217": "217", "638": "182", "503": "111", "SSS": "SSS"}


def store_figures() -> None:
    """Store the figures of tests/analysis/figures.py as an import would have."""
    load_catalogue()
    source = Source.objects.get(code="pxweb")
    run = ImportRun.objects.create(
        source=source, origin="test", state=ImportState.STORED, finished_at=timezone.now()
    )
    figures = material()
    for indicator in Indicator.objects.filter(code__in=figures.values):
        version = _version(run, indicator.table)
        Observation.objects.bulk_create(
            [
                Observation(
                    version=version, indicator=indicator, area=CODES[code], year=year, value=value
                )
                for code, series in figures.values[indicator.code].items()
                for year, value in series.items()
            ]
        )
    population = Indicator.objects.get(code="population")
    Observation.objects.create(
        version=DataVersion.objects.get(table=population.table), indicator=population,
        area="217", year=2023, missing="not_collected",
    )  # fmt: skip


def _version(run: ImportRun, table: str) -> DataVersion:
    found = DataVersion.objects.filter(source=run.source, table=table).first()
    if found:
        return found
    read_at = datetime(2026, 11, 21, 9, tzinfo=UTC)
    answer = RawAnswer.objects.create(
        run=run, table=table, origin="test", retrieved_at=read_at, sha256="0" * 64, body_gzip=b""
    )
    return DataVersion.objects.create(source=run.source, table=table, number=1, answer=answer)


def built(municipality, season, by, on=ON) -> Analysis:
    return building.build_analysis(municipality=municipality, season=season, by=by, on=on)


def published(municipality, season, by) -> Analysis:
    analysis = approved(municipality, season, by)
    return publishing.publish_analysis(analysis=analysis, by=by)


def approved(municipality, season, by) -> Analysis:
    draft = built(municipality, season, by)
    return publishing.approve_analysis(analysis=draft, seen=draft.sha256, by=by)


def ready_made(municipality, season, by, *, is_published=True, edition=1, **changes) -> Analysis:
    """Store an edition without building it."""
    told = content(**changes)
    at = timezone.now() if is_published else None
    return Analysis.objects.create(
        municipality=municipality,
        season=season,
        edition=edition,
        content=told,
        sha256=digest(told),
        state=AnalysisState.PUBLISHED if is_published else AnalysisState.DRAFT,
        published_at=at,
        published_by=by if is_published else None,
    )


SENTENCE = {"measure": "over-64", "rule": "share_level"}


def edit(
    analysis: Analysis, by: User, *, fi: str = "Joka neljäs on yli 64.", **place
) -> FindingEdit:
    """Let somebody write a sentence in Finnish, as the page does."""
    place = SENTENCE | place
    found = texts_of.sentence(analysis, **place, language="fi")
    written = expert_texts.edit_finding(
        analysis=analysis, **place, text=found.text | {"fi": fi},
        seen=found.version, seen_mark=found.mark, by=by,
    )  # fmt: skip
    assert written is not None
    return written


def comment(analysis: Analysis, by: User, **given) -> ExpertComment:
    """Let somebody comment on the share of the aged, in the report."""
    place = {"measure": "over-64", "audience": "report", "text": {"fi": "Kasvu jatkuu."}}
    return expert_texts.write_comment(
        analysis=analysis, comment=None, **place | given, seen="", by=by
    )


def file_of(language: str) -> Pdf:
    """Something that passes for a PDF."""
    return Pdf(f"%PDF {language}".encode(), 9)


def store(analysis: Analysis, language: str) -> AnalysisDocument:
    """Keep a file as if it had been drawn."""
    pdf = file_of(language)
    return AnalysisDocument.objects.create(
        municipality_id=analysis.municipality_id,
        analysis=analysis,
        language=language,
        kind="pdf",
        content=pdf.content,
        sha256=pdf.sha256,
        pages=pdf.pages,
    )


def choose(municipality, season, peers, by, reason="Naapureita"):
    return choose_peers(municipality=municipality, season=season, peers=peers, reason=reason, by=by)


def confirm(municipality, season, peers=(), by=None):
    """Make a municipality a member of the season; with peers, if some are given."""
    with scope(municipality.pk):
        ParticipationFactory(
            municipality=municipality, season=season, state=ParticipationState.DECIDED
        )
    with across_municipalities(reason="the test confirms a member"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE seasons_participation SET state = 'confirmed', confirmed_at = now(),"
            " confirmed_by_id = (SELECT min(id) FROM municipalities_user) WHERE state = 'decided'"
        )
    if peers:
        with scope(municipality.pk):
            choose(municipality, season, peers, by)


def network_job(kind):
    with across_municipalities(reason="the test looks at the job"):
        return Job.objects.get(kind=kind)
