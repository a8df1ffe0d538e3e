"""What stands behind the addresses of tests/access_table.py: objects of Kannus and of Jämsä."""

from typing import Any

from django.utils import timezone

from analysis.models import ExpertAssignment
from analysis.statistics.actions.loading import PXWEB, load_catalogue
from analysis.statistics.models import ImportRun, Indicator, Source
from municipalities.actions import INVITATION_LASTS, hash_token
from municipalities.enums import Role
from municipalities.models import Invitation, Membership, Municipality, User
from seasons.enums import ParticipationState
from seasons.models import Participation
from tests.analysis import editions
from tests.events.factories import EventFactory, published_event
from tests.municipalities.factories import MembershipFactory, PersonFactory
from tests.seasons.factories import EntitlementFactory, SeasonFactory, member_of
from tests.workshops.factories import WorkshopFactory
from uso.ground.jobs.models import Job
from uso.ground.tenancy.crossing import across_municipalities
from workshops.models import Workshop

TOKEN = "kutsu"


def build(kannus: Municipality, jamsa: Municipality, by: User, expert: User) -> tuple[dict, dict]:
    """Return the arguments of addresses for Kannus, and the same objects of Jämsä.

    A key is an argument's name, or `address name.argument` where one name means several things.
    """
    SeasonFactory(number=8)
    SeasonFactory(number=7, first_year=2023, last_year=2024)
    with across_municipalities(reason="the test makes rows of two municipalities"):
        ours = _of(kannus, by, TOKEN) | _review(kannus, by, expert)
        theirs = _of(jamsa, by, "toinen") | _review(jamsa, by, expert)
        # An event of a season that one takes part in and the other does not.
        ours["event_id"], theirs["event_id"] = _event(kannus, 8), _event(jamsa, 7)
    network = {
        "number": 8,
        "year": 2026,
        "jobs_network:detail.job_id": _network_job(),
        "jobs_network:retry.job_id": _network_job(),
        "statistics_network:accept_import.run_id": _import_run(),
        "statistics_network:decline_import.run_id": _import_run(),
        "statistics_network:mapping.run_id": _import_run(),
        "code": "fcg",
        "indicator_id": Indicator.objects.get(code="jobs").pk,
        "people_network:answer_invitation.invitation_id": _invitation(None, by, "verkosto").pk,
        "people_network:end_role.membership_id": _membership(None).pk,
        "events_network:publish.event_id": EventFactory(season__number=8).pk,
        "language": "fi",
        "key": "over-64",
        "rule": "share_level",
        "answer": "keep",
        "expert_id": expert.pk,
        "provider_id": "nobody",
        "pk": 0,  # of a passkey: nobody's
    }
    return {**network, **ours}, theirs


def _of(municipality: Municipality, by: User, token: str) -> dict[str, Any]:
    return {
        "slug": municipality.slug,
        "token": token,
        "workshop_id": _workshop(municipality).pk,  # before the events: it makes the member
        "person_id": PersonFactory(municipality=municipality).pk,
        "membership_id": _membership(municipality).pk,
        "invitation_id": _invitation(municipality, by, token).pk,
        "analysis_id": _analysis(municipality, by),
        "job_id": Job.objects.create(municipality=municipality, kind="test", title="test").pk,
    }


def _event(municipality: Municipality, number: int) -> int:
    """Let a municipality take part in a season; return a published event of it."""
    season = SeasonFactory(number=number)
    Participation.objects.get_or_create(
        municipality=municipality, season=season, defaults={"state": ParticipationState.DECIDED}
    )
    return published_event(season=season).pk


def _workshop(municipality: Municipality) -> Workshop:
    season = SeasonFactory(number=8)
    EntitlementFactory(season=season)
    member_of(season, municipality)
    return WorkshopFactory(municipality=municipality, season=season)


def _import_run() -> int:
    load_catalogue()
    return ImportRun.objects.create(source=Source.objects.get(code=PXWEB), origin="x").pk


def _analysis(municipality: Municipality, by: User) -> int:
    season = SeasonFactory(number=8)
    analysis = editions.ready_made(municipality, season, by)
    editions.store(analysis, "fi")
    return analysis.pk


def _review(municipality: Municipality, by: User, expert: User) -> dict[str, Any]:
    """Give a draft of the next edition to an expert, with an edit and a comment."""
    season = SeasonFactory(number=8)
    draft = editions.ready_made(municipality, season, by, edition=2, is_published=False)
    ExpertAssignment.objects.create(
        municipality=municipality, season=season, expert=expert, assigned_by=by
    )
    edit, comment = editions.edit(draft, expert), editions.comment(draft, expert)
    drafts = ("approve", "reopen", "publish", "sentence", "keep_all", "add_comment")
    return {f"analysis:{name}.analysis_id": draft.pk for name in drafts} | {
        "edit_id": edit.pk,
        "comment_id": comment.pk,
    }


def _network_job() -> Any:
    with across_municipalities(reason="a job of the whole network has no municipality"):
        return Job.objects.create(kind="test", title="test").pk


def _membership(municipality: Municipality | None) -> Membership:
    role = Role.CONTACT if municipality else Role.EXPERT
    return MembershipFactory(municipality=municipality, role=role)


def _invitation(municipality: Municipality | None, by: User, token: str) -> Invitation:
    now = timezone.now()
    return Invitation.objects.create(
        email=f"{token}@example.fi",
        role=Role.CONTACT if municipality else Role.EXPERT,
        municipality=municipality,
        token_hash=hash_token(token),
        invited_by=by,
        invited_at=now,
        expires_at=now + INVITATION_LASTS,
    )
