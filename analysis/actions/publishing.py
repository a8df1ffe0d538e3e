"""From draft to published: approval of what was read, publishing of what was approved."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from analysis.actions.documents import start_own_documents
from analysis.content.edition import digest
from analysis.enums import AnalysisState
from analysis.models import Analysis
from analysis.queries import board
from analysis.queries.board import Stage
from analysis.queries.edition_list import readers
from analysis.queries.expert_work import open_count
from analysis.refusals import AnalysisRefused
from municipalities.models import User
from seasons.models import Season
from uso.ground.actions import action, notify
from uso.ground.jobs.models import Job
from uso.ground.jobs.runner import start_job

# -- One analysis ------------------------------------------------------------------------------------


@action(of="analysis")
def approve_analysis(*, analysis: Analysis, seen: str, by: User) -> Analysis:
    """Find a draft good.

    Parameters
    ----------
    seen
        Fingerprint of the content that was read; another one is not approved by it.

    Raises
    ------
    AnalysisRefused
        It is no draft any more, has changed since it was read, or lacks something.
    """
    analysis = _locked(analysis)
    if analysis.state != AnalysisState.DRAFT:
        raise _refused(_("%(name)s: the analysis has been approved meanwhile."), analysis)
    if seen != analysis.sha256:
        raise _refused(
            _("%(name)s: the analysis has changed since you read it. Read it again."), analysis
        )
    _check_ready(analysis)
    analysis.state = AnalysisState.APPROVED
    analysis.approved_at, analysis.approved_by = timezone.now(), by
    analysis.approved_sha256 = analysis.sha256
    analysis.save()
    return analysis


def _locked(analysis: Analysis) -> Analysis:
    """Read the edition anew and lock it until the end of the transaction."""
    rows = Analysis.objects.select_for_update(of=("self",))
    return rows.select_related("municipality", "season").get(pk=analysis.pk)


def _check_ready(analysis: Analysis) -> None:
    if not analysis.content.peers.members:
        raise _refused(
            _("%(name)s has chosen no peers: the analysis cannot be approved without them."),
            analysis,
        )
    if count := open_count(analysis):
        said = ngettext(
            "%(name)s: %(count)d text waits for an answer. Keep it, change it or drop it first.",
            "%(name)s: %(count)d texts wait for an answer. Keep, change or drop them first.",
            count,
        )
        raise _refused(said, analysis, count=count)
    if digest(analysis.content) != analysis.sha256:
        raise _refused(
            _("%(name)s: the draft does not match its fingerprint. Build it again."), analysis
        )


def _refused(message: str, analysis: Analysis, **more: int) -> AnalysisRefused:
    return AnalysisRefused(message % {"name": analysis.municipality.name, **more})


@action(of="analysis")
def reopen_analysis(*, analysis: Analysis, by: User) -> Analysis:
    """Take an approval back; the edition is a draft again, as it stands."""
    analysis = _locked(analysis)
    if analysis.state != AnalysisState.APPROVED:
        raise _refused(_("%(name)s: there is no approval to take back."), analysis)
    analysis.state = AnalysisState.DRAFT
    analysis.approved_at, analysis.approved_by, analysis.approved_sha256 = None, None, ""
    analysis.save()
    return analysis


@action(of="analysis")
def publish_analysis(*, analysis: Analysis, by: User, seen: str = "") -> Analysis:
    """Give what was approved to the municipality, notify its people and begin with its PDFs.

    From now on the database keeps the edition as it is.

    Parameters
    ----------
    seen
        Fingerprint of what was approved when publishing was asked for; another approval since then
        is not published by it. Empty where the caller has compared them.
    """
    analysis = _locked(analysis)
    if analysis.published:
        raise _refused(_("%(name)s: the analysis has been published meanwhile."), analysis)
    if not analysis.approved:
        raise _refused(_("%(name)s: the analysis is not approved, or has changed since."), analysis)
    if seen and seen != analysis.sha256:
        raise _refused(
            _("%(name)s: another draft was approved meanwhile. Look again, then publish."), analysis
        )
    if digest(analysis.content) != analysis.approved_sha256:
        raise _refused(
            _("%(name)s: the content is no longer what was approved. Build it again."), analysis
        )
    analysis.state = AnalysisState.PUBLISHED
    analysis.published_at, analysis.published_by = timezone.now(), by
    analysis.save()
    _notify_readers(analysis)
    start_own_documents(analysis=analysis, by=by)
    return analysis


def _notify_readers(analysis: Analysis) -> None:
    """Write to the municipality's leaders and contact persons, once each for an edition."""
    municipality = analysis.municipality
    path = reverse("analysis:overview", args=[municipality.slug])
    for reader in readers(municipality):
        notify(
            reader,
            about=analysis,
            template="analysis_published",
            reply_to=analysis.published_by,
            analysis=analysis,
            municipality=municipality,
            path=path,
        )


# -- Those of a season -------------------------------------------------------------------------------


@action()
def start_approving(*, season: Season, by: User) -> Job:
    """Start approving every draft that waits for nobody else, as they stand now."""
    board.lock_presses(season)
    items = [
        (row.municipality.code, row.municipality.pk, row.named | {"seen": row.sha256})
        for row in board.season_board(season)
        if row.stage == Stage.APPROVE
    ]
    if not items:
        raise AnalysisRefused(_("No draft is ready to be approved."))
    running = board.running_job(season, board.APPROVING_JOB, {key for key, _place, _given in items})
    return running or start_job(
        task="analysis.approve",
        kind=board.APPROVING_JOB,
        title=gettext_noop("Approval of the season's situation analyses"),
        by=by,
        parameters={"season_id": season.pk},
        items=items,
    )


@action()
def start_publishing(*, season: Season, by: User) -> Job:
    """Start publishing every approved edition; one that is refused stops no other."""
    board.lock_presses(season)
    items = [
        (row.municipality.code, row.municipality.pk, row.named | {"seen": row.sha256})
        for row in board.season_board(season)
        if row.stage == Stage.PUBLISH
    ]
    if not items:
        raise AnalysisRefused(_("No analysis is approved: approve first."))
    running = board.running_job(
        season, board.PUBLISHING_JOB, {key for key, _place, _given in items}
    )
    return running or start_job(
        task="analysis.publish",
        kind=board.PUBLISHING_JOB,
        title=gettext_noop("Publishing of the season's situation analyses"),
        by=by,
        parameters={"season_id": season.pk},
        items=items,
    )
