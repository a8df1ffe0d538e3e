"""Building unpublished editions: from the newest figures and chosen peers, with experts' texts."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from msgspec.structs import replace

from analysis.content.changes import changes
from analysis.content.edition import EditionContent, digest
from analysis.content.edits import is_current, unedited, with_texts
from analysis.enums import AnalysisState
from analysis.models import Analysis, AnalysisDocument, ExpertComment, FindingEdit
from analysis.queries import board
from analysis.queries.expert_work import as_edit, as_remarks, comments_of, edits_of
from analysis.queries.next_edition import content_now
from analysis.refusals import AnalysisRefused
from municipalities.models import Municipality, User
from seasons.models import Season
from uso.ground.actions import action
from uso.ground.jobs.models import Job
from uso.ground.jobs.runner import start_job


@action(of="municipality")
def build_analysis(
    *, municipality: Municipality, season: Season, by: User | None, on: date
) -> Analysis:
    """Make the draft of the next edition from the newest figures and the chosen peers.

    A draft is made anew in place, with its edits and comments, and what was approved is a draft
    again. A new edition begins with those of the former one as proposals. Nothing happens when
    neither figures nor peers have changed since the newest edition: that figures which it already
    has are old by now is no news to a reader of a published one.
    """
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)  # one at a time
    newest = Analysis.objects.filter(season=season).select_for_update(of=("self",)).newest()
    draft = newest if newest and not newest.published else None
    number = newest.edition + (0 if draft else 1) if newest else 1
    compose = partial(content_now, municipality=municipality, season=season, number=number)
    day = _day_to_judge_by(newest, on)
    content = compose(on=day)
    if newest and _same_figures(unedited(newest.content), content):
        return _note_unchanged(newest)
    if day != on:
        content = compose(on=on)
    former = Analysis.objects.published().newest()
    if former:
        content = replace(content, changes=changes(former.content, content))
    made = draft or Analysis(municipality=municipality, season=season, edition=number)
    made.built_at, made.built_by = timezone.now(), by
    if draft:
        return recompose(made, content)
    write_content(made, with_texts(content, [], []))
    if newest:
        carry_over(newest, made)
    return recompose(made, content)


def _day_to_judge_by(newest: Analysis | None, today: date) -> date:
    """Return the day on which figures are old or not: a published edition's own, else today."""
    return newest.content.edition.made_on if newest and newest.published else today


def _same_figures(one: EditionContent, other: EditionContent) -> bool:
    """Compare contents without what changes from edition to edition by itself."""
    return replace(one, edition=other.edition, changes=other.changes) == other


def _note_unchanged(newest: Analysis) -> Analysis:
    """Note that an unpublished edition holds what is known by now."""
    if not newest.published:
        newest.built_at = timezone.now()
        newest.save(update_fields=["built_at"])
    return newest


def recompose(analysis: Analysis, base: EditionContent | None = None) -> Analysis:
    """Bring the content of an unpublished edition in step with its texts.

    Parameters
    ----------
    base
        What the rules wrote; by default that of the edition's own content. An edit whose sentence
        it no longer has is marked as outdated and left out.
    """
    base = base or unedited(analysis.content)
    rows = edits_of(analysis)
    for row in rows:
        outdated = not is_current(base, as_edit(row))
        if outdated != row.outdated:
            row.outdated = outdated
            row.save(update_fields=["outdated"])
    answered = [as_edit(row) for row in rows if not row.open]
    content = with_texts(base, answered, as_remarks(comments_of(analysis)))
    if digest(content) == analysis.sha256:
        return analysis
    return write_content(analysis, content)


def write_content(analysis: Analysis, content: EditionContent) -> Analysis:
    """Give an unpublished edition its content: files and approval of another one go."""
    if analysis.pk and digest(content) != analysis.sha256:
        AnalysisDocument.objects.filter(analysis=analysis).delete()
    analysis.content, analysis.sha256 = content, digest(content)
    analysis.state = AnalysisState.DRAFT
    analysis.approved_at, analysis.approved_by, analysis.approved_sha256 = None, None, ""
    analysis.save()
    return analysis


def carry_over(former: Analysis, to: Analysis) -> None:
    """Propose the texts of a published edition for the one after it."""
    FindingEdit.objects.bulk_create(
        FindingEdit(
            municipality_id=to.municipality_id, analysis=to, measure=row.measure, rule=row.rule,
            text=row.text, original=row.original, proposed=True, by=row.by, at=row.at,
        )
        for row in edits_of(former)
    )  # fmt: skip
    ExpertComment.objects.bulk_create(
        ExpertComment(
            municipality_id=to.municipality_id, analysis=to, measure=row.measure,
            audience=row.audience, text=row.text, proposed=True, by=row.by, at=row.at,
        )
        for row in comments_of(former)
    )  # fmt: skip


@action()
def start_building(*, season: Season, by: User) -> Job:
    """Start building the drafts of all members that have chosen peers, each a part of its own."""
    board.lock_presses(season)
    rows = board.season_board(season)
    if not rows:
        raise AnalysisRefused(_("The season has no members yet."))
    members = [row.municipality for row in rows if row.buildable]
    if not members:
        raise AnalysisRefused(_("No member has chosen its peers yet."))
    return start_building_of(members=members, season=season, by=by)


@action()
def start_building_of(*, members: Sequence[Municipality], season: Season, by: User) -> Job:
    """Start building the drafts of some members, or return the job that is at it: one, however many press."""
    board.lock_presses(season)
    running = board.running_job(season, board.BUILD_JOB, {each.code for each in members})
    return running or start_job(
        task="analysis.build",
        kind=board.BUILD_JOB,
        title=gettext_noop("Situation analyses of the season"),
        by=by,
        parameters={"season_id": season.pk},
        items=[
            (each.code, each.pk, {"municipality_id": each.pk, "season_id": season.pk})
            for each in members
        ],
    )
