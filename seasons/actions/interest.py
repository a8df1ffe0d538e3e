"""Interest in a season that somebody of a municipality expresses on its public page."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.models import Municipality, User
from municipalities.queries import coordinator_in_charge, coordinators
from seasons.enums import ParticipationSource, ParticipationState
from seasons.models import Interest, Participation, Season
from uso.ground.actions import action, notify
from uso.ground.lib.errors import RuleViolation

SAME_WITHIN = timedelta(days=1)
# A house that several people write of stays far below it; a flood from many networks ends here.
MOST_A_DAY = 20


class InterestRefused(RuleViolation):
    """Nobody joins the season any more, or too many have written of the municipality."""


@action(of="municipality")
def express_interest(
    *,
    season: Season,
    municipality: Municipality,
    name: str,
    title: str,
    email: str,
    message: str,
    language: str,
    by: User | AnonymousUser | None,
    at: datetime,
) -> Interest:
    """Write down who wants to hear more, put the municipality on the list, and write to both sides.

    A municipality that is on the list stays as far as it is; an invited one is interested now. The
    same words within a day are one interest. The answer repeats nothing that a stranger typed: it
    may go to somebody who never asked.
    """
    if season.is_draft or season.has_ended(on=timezone.localdate(at)):
        raise InterestRefused(_("Nobody can join this season now."))
    participation = _on_the_list(season, municipality, at)
    said = {"name": name, "title": title, "email": email, "message": message, "language": language}
    rows = Interest.objects.filter(season=season, municipality=municipality)
    if same := rows.filter(at__gt=at - SAME_WITHIN, **said).first():
        return same
    if rows.filter(at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
        raise InterestRefused(
            _(
                "So much interest has come for %(municipality)s in a day that this was not stored. The coordinator knows of the municipality and contacts it; you can also try again tomorrow."
            )
            % {"municipality": municipality.name},
            field="municipality",
        )
    interest = Interest.objects.create(season=season, municipality=municipality, at=at, **said)
    _notify(interest, participation)
    return interest


def _on_the_list(season: Season, municipality: Municipality, at: datetime) -> Participation:
    """Find or make the municipality's place, which two who ask at once wait for; note its interest."""
    on, interested = timezone.localdate(at), ParticipationState.INTERESTED
    try:
        with transaction.atomic():
            return Participation.objects.create(
                season=season, municipality=municipality, state=interested, state_on=on,
                source=ParticipationSource.PUBLIC_PAGE,
            )  # fmt: skip
    except IntegrityError:
        rows = Participation.objects.filter(season=season, municipality=municipality)
        found = rows.select_for_update(of=("self",), no_key=True).get()
    if found.state == ParticipationState.INVITED:
        found.state, found.state_on = interested, on
        found.save(update_fields=["state", "state_on"])
    return found


def _notify(interest: Interest, participation: Participation) -> None:
    season, municipality = interest.season, interest.municipality
    answers = coordinator_in_charge(None)
    notify(
        interest,
        about=interest,
        template="interest_received",
        reply_to=answers,
        season=season,
        municipality=municipality,
        answers=answers,
        path=f"{reverse('brochure:page', args=[season.number])}?lang={interest.language}",
    )
    for reader in coordinators():
        notify(
            reader,
            about=interest,
            template="interest_expressed",
            reply_to=interest,
            season=season,
            municipality=municipality,
            interest=interest,
            state=ParticipationState(participation.state).label,
            was_in=participation.state == ParticipationState.CONFIRMED,
            path=reverse("seasons_network:member", args=[season.number, municipality.slug]),
        )
