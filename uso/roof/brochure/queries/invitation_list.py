"""The invitations of a season as files: which there are, which are out of date, which are made now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from municipalities.enums import Language
from seasons.models import InvitationDocument, Season
from uso.ground.jobs.models import UNFINISHED, Job
from uso.ground.tenancy.crossing import across_municipalities
from uso.roof.brochure.content import Brochure, languages_of, write
from uso.roof.brochure.gathering import SeasonRows, season_rows
from uso.roof.brochure.printing import fingerprint, invitation_html, style_of

JOB = "invitation"


@dataclass(frozen=True)
class Invitation:
    """A season's invitation in one language as it would be printed now, and the file there is."""

    brochure: Brochure
    address: str
    document: InvitationDocument | None

    @cached_property
    def html(self) -> str:
        """What would be printed now."""
        return invitation_html(self.brochure, self.address)

    @cached_property
    def style(self) -> str:
        """How it would look."""
        return style_of(self.brochure)

    @property
    def language(self) -> Language:
        """The language it is written in."""
        return Language(self.brochure.language)

    @property
    def download(self) -> str:
        """What the button that downloads it says."""
        return {
            Language.FINNISH: _("Download in Finnish"),
            Language.SWEDISH: _("Download in Swedish"),
            Language.ENGLISH: _("Download in English"),
        }[self.language]

    @property
    def fingerprint(self) -> str:
        """Fingerprint of what would be printed now."""
        return fingerprint(self.html, self.style)

    @property
    def is_current(self) -> bool:
        """Whether the file says what would be printed now."""
        return self.document is not None and self.document.of_sha256 == self.fingerprint


def invitations(season: Season, every: Sequence[Season]) -> list[Invitation]:
    """List a season's invitations in the languages it is written in (six queries)."""
    rows = season_rows(season, every)
    files = {each.language: each for each in _files(season)}
    return [_invitation(rows, code, files.get(code)) for code in languages_of(rows)]


def _invitation(rows: SeasonRows, code: str, document: InvitationDocument | None) -> Invitation:
    return Invitation(write(rows, code), page_address(rows.season, code), document)


def _files(season: Season) -> Iterable[InvitationDocument]:
    return InvitationDocument.objects.filter(season=season).defer("content")


def page_address(season: Season, language: str) -> str:
    """Return the whole address of a season's public page in a language."""
    return f"{settings.BASE_URL}{reverse('brochure:page', args=[season.number])}?lang={language}"


def latest_job(season: Season) -> Job | None:
    """Find the job that makes a season's invitations, or the last one that did."""
    with across_municipalities(reason="a season's invitation belongs to the whole network"):
        rows = Job.objects.filter(kind=JOB, parameters__season_id=season.pk)
        return rows.order_by("-created_at").first()


def running_job(season: Season) -> Job | None:
    """Find the job that makes a season's invitations now."""
    job = latest_job(season)
    return job if job and job.state in UNFINISHED else None
