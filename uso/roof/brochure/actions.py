"""Making the invitation of a season as PDF, in each language, where what it says has changed."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from municipalities.models import User
from seasons.models import InvitationDocument, Season
from uso.ground.actions import action
from uso.ground.jobs.models import Job
from uso.ground.jobs.runner import start_job
from uso.ground.lib.errors import RuleViolation
from uso.roof.brochure.printing import invitation_pdf
from uso.roof.brochure.queries.invitation_list import JOB, Invitation, invitations, running_job


class NothingToMakeError(RuleViolation):
    """Every invitation says what the season says."""


@action()
def start_invitations(*, season: Season, by: User) -> Job:
    """Start making the invitations that are missing or out of date, or return the job at it."""
    Season.objects.select_for_update(of=("self",), no_key=True).get(pk=season.pk)
    if running := running_job(season):
        return running
    if all(each.is_current for each in _invitations(season)):
        raise NothingToMakeError(_("The invitation is up to date in each language."))
    return start_job(
        task="brochure.invitations",
        kind=JOB,
        title=gettext_noop("Invitation to the season (PDF)"),
        by=by,
        parameters={"season_id": season.pk},
    )


def make_invitations(season: Season) -> Iterator[tuple[int, int]]:
    """Make and store what is missing or out of date; tell before each how many of how many are done.

    Making takes seconds and holds no transaction. A season that changes meanwhile makes the file
    out of date, and its page says so.
    """
    wanted = [each for each in _invitations(season) if not each.is_current]
    for done, each in enumerate(wanted):
        yield done, len(wanted)
        _make(season, each)
    yield len(wanted), len(wanted)


def _invitations(season: Season) -> list[Invitation]:
    return invitations(season, list(Season.objects.all()))


def _make(season: Season, invitation: Invitation) -> None:
    pdf = invitation_pdf(invitation.html, invitation.style)
    InvitationDocument.objects.update_or_create(
        season=season,
        language=invitation.language,
        defaults={
            "content": pdf.content,
            "sha256": pdf.sha256,
            "of_sha256": invitation.fingerprint,
            "pages": pdf.pages,
            "made_at": timezone.now(),
        },
    )
