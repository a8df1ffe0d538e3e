"""Moving what lives on from a municipality that ends to its successor; the scope of the network is open."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from events.enums import RegistrationState
from events.models import Registration
from municipalities.models import (
    ContactAddress,
    Invitation,
    Membership,
    Municipality,
    Person,
    User,
    in_force,
)
from seasons.enums import NOT_TAKING_PART, TAKING_PART, ExitReason, ParticipationState
from seasons.models import Participation
from seasons.queries.season_content import workshops_in_all
from workshops.enums import CHANGEABLE, WorkshopState
from workshops.models import Workshop

#: What a participation that goes on has of the one before it.
CARRIED = (
    "state", "decided_by_fi", "decided_on", "decision_section", "diary_number", "contact_fi",
    "on_site_fi", "fee_tier", "population", "population_year", "annual_fee_eur",
    "first_year_fee_eur", "joining_year", "confirmed_at", "confirmed_by", "owner", "next_step",
    "next_step_on", "source",
)  # fmt: skip


@dataclass(frozen=True)
class Mover:
    """Moves what one municipality has to its successor."""

    former: Municipality
    into: Municipality
    effective_on: date
    by: User
    at: datetime

    @property
    def today(self) -> date:
        """The day on which it is done."""
        return timezone.localdate(self.at)

    def move(self) -> None:
        """Move everything; the order is that of what rests on what."""
        self._participations()
        self._workshops()
        self._people()
        self._roles()
        self._invitations()
        self._mailboxes()

    # -- Seasons that go on ----------------------------------------------------------------

    def _participations(self) -> None:
        for row in going_on(self.former, self.effective_on):
            own = Participation.objects.filter(municipality=self.into, season=row.season).first()
            if goes_on_as(row, own):
                self._carry(row, own)
            self._end_participation(row)

    def _carry(self, row: Participation, own: Participation | None) -> None:
        """Let the successor take the former one's place; it pays from the year of the merger on."""
        mine = own or Participation(municipality=self.into, season=row.season)
        for name in CARRIED:
            setattr(mine, name, getattr(row, name))
        mine.state_on = self.today
        mine.exit_stage = mine.exit_reason = mine.exit_note = ""
        first = row.joining_year or row.season.first_year
        if row.annual_fee_eur is not None and first < self.effective_on.year:
            mine.joining_year = self.effective_on.year
            mine.first_year_fee_eur = row.annual_fee_eur
        mine.save()

    def _end_participation(self, row: Participation) -> None:
        taking_part = row.state in TAKING_PART
        Participation.objects.filter(pk=row.pk).update(
            state=ParticipationState.WITHDRAWN if taking_part else ParticipationState.DECLINED,
            state_on=self.today,
            exit_stage=row.state,
            exit_reason=ExitReason.MERGER,
            exit_note="",
            next_step="",
            next_step_on=None,
        )

    # -- Workshops -------------------------------------------------------------------------

    def _workshops(self) -> None:
        open_ones = Workshop.objects.filter(municipality=self.former, state__in=CHANGEABLE)
        for workshop in open_ones.select_related("season").order_by("season", "slot"):
            slot = self._free_slot(workshop)
            if slot is None:
                workshop.state = WorkshopState.CANCELLED
                workshop.cancelled_at, workshop.cancelled_by = self.at, self.by
            else:
                workshop.municipality, workshop.slot = self.into, slot
            workshop.save()

    def _free_slot(self, workshop: Workshop) -> int | None:
        takes_part = Participation.objects.filter(
            municipality=self.into, season=workshop.season, state__in=TAKING_PART
        )
        if not takes_part.exists():
            return None
        used = set(
            Workshop.objects.uncancelled()
            .filter(municipality=self.into, season=workshop.season)
            .values_list("slot", flat=True)
        )
        promised = workshops_in_all(workshop.season)
        return next((slot for slot in range(1, promised + 1) if slot not in used), None)

    # -- People and their registrations ----------------------------------------------------

    def _people(self) -> None:
        people = Person.objects.filter(municipality=self.former).on_the_list()
        for person in people.select_for_update(of=("self",)).order_by("pk"):
            self._registrations(person, self._new_person(person))
            person.left_on = self.effective_on
            person.save(update_fields=["left_on"])

    def _new_person(self, person: Person) -> Person:
        """Find who has the same name and address in the successor, or add them to its list."""
        same = Person.objects.filter(
            municipality=self.into,
            first_name__iexact=person.first_name,
            last_name__iexact=person.last_name,
            email__iexact=person.email,
        )
        found = same.order_by("pk").first() if person.email else None
        if found is None:
            copy = Person.objects.get(pk=person.pk)
            copy.pk, copy.municipality = None, self.into
            copy._state.adding = True
            copy.save()
            return copy
        if found.has_left:
            found.left_on = None
            found.save(update_fields=["left_on"])
        return found

    def _registrations(self, person: Person, new: Person) -> None:
        """Move those to events ahead, with their seats; of two for one event the successor's stays."""
        ahead = Registration.objects.filter(person=person, event__starts_at__gt=self.at)
        for row in ahead.order_by("event_id"):
            own = Registration.objects.filter(person=new, event=row.event_id).first()
            if own is None:
                row.municipality, row.person = self.into, new
                row.save(update_fields=["municipality", "person"])
                continue
            if row.state == RegistrationState.CONFIRMED:
                row.state = RegistrationState.CANCELLED
                row.cancelled_at, row.cancelled_by = self.at, self.by
                row.save(update_fields=["state", "cancelled_at", "cancelled_by"])
                if own.state == RegistrationState.CANCELLED:
                    own.state, own.mode = RegistrationState.CONFIRMED, row.mode
                    own.cancelled_at = own.cancelled_by = None
                    own.save(update_fields=["state", "mode", "cancelled_at", "cancelled_by"])

    # -- Roles -----------------------------------------------------------------------------

    def _roles(self) -> None:
        held = Membership.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=self.today), municipality=self.former
        )
        for membership in held.select_for_update(of=("self",)).order_by("pk"):
            given = self._give(membership)
            self._hand_overs(membership, given)
            membership.ends_on = max(self.today, membership.starts_on)
            membership.save(update_fields=["ends_on"])

    def _hand_overs(self, membership: Membership, given: Membership) -> None:
        """Let an offer to take a role over be of the role in the successor, if that has none yet."""
        offers = Invitation.objects.unanswered().filter(hands_over=membership)
        other = Invitation.objects.unanswered().filter(hands_over=given)
        offers.update(hands_over=None if other.exists() else given)

    def _give(self, membership: Membership) -> Membership:
        mine: dict[str, Any] = {
            "user": membership.user,
            "municipality": self.into,
            "role": membership.role,
        }
        if held := Membership.objects.filter(in_force(on=self.today), **mine).first():
            return held
        given, _made = Membership.objects.update_or_create(
            **mine,
            defaults={
                "starts_on": max(self.today, membership.starts_on),
                "ends_on": membership.ends_on,
            },
        )
        return given

    def _invitations(self) -> None:
        waiting = Invitation.objects.unanswered().filter(municipality=self.former)
        for invitation in waiting.select_for_update(of=("self",)).order_by("pk"):
            same = Invitation.objects.unanswered().filter(
                municipality=self.into, role=invitation.role, email__iexact=invitation.email
            )
            if same.exists():
                invitation.withdrawn_at, invitation.withdrawn_by = self.at, self.by
            else:
                invitation.municipality = self.into
            invitation.save(update_fields=["municipality", "withdrawn_at", "withdrawn_by"])

    def _mailboxes(self) -> None:
        for address in ContactAddress.objects.filter(municipality=self.former).order_by("pk"):
            own = ContactAddress.objects.filter(municipality=self.into, email__iexact=address.email)
            if not own.exists():
                address.municipality = self.into
                address.save(update_fields=["municipality"])


def going_on(former: Municipality, effective_on: date) -> list[Participation]:
    """List the places of a municipality in seasons that last beyond its merger, the first season first."""
    rows = Participation.objects.filter(
        municipality=former, season__last_year__gte=effective_on.year
    ).exclude(state__in=NOT_TAKING_PART)
    return list(rows.select_related("season").order_by("season__number"))


def goes_on_as(row: Participation, own: Participation | None) -> bool:
    """Whether the successor takes the former one's place: it has none of its own, or none decided upon.

    Who is merged before any decision brings nothing to a successor that is on the list itself.
    """
    if own is None:
        return True
    return own.state not in TAKING_PART and row.state in TAKING_PART
