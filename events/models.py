"""The programme of a season and who comes."""

import uuid
from datetime import datetime
from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import EventKind, EventState, Mode, RegistrationState
from municipalities.models import Municipality, Person, User
from seasons.enums import TAKING_PART
from seasons.models import Phase, Season
from uso.ground.lib.models import Localized, paired


class EventQuerySet(models.QuerySet["Event"]):
    def published(self) -> "EventQuerySet":
        """Events the municipalities may see: published, and those cancelled after that."""
        return self.exclude(state=EventState.DRAFT)

    def offered_to(self, municipality: Municipality) -> "EventQuerySet":
        """Keep published events of the seasons the municipality takes part in; needs its scope."""
        return self.published().filter(
            season__participations__municipality=municipality,
            season__participations__state__in=TAKING_PART,
        )

    def readable_by(self, municipality: Municipality) -> "EventQuerySet":
        """Keep what is offered to the municipality, and what its people took part in; needs its scope.

        Of a season it has left, the second is all there is.
        """
        offered = self.offered_to(municipality).values("pk")
        attended = Registration.objects.confirmed().filter(municipality=municipality)
        return self.published().filter(Q(pk__in=offered) | Q(pk__in=attended.values("event")))

    def unannounced(self, *, at: datetime) -> "EventQuerySet":
        """Keep published events, open at the moment, that no contact person was notified of."""
        return self.filter(
            state=EventState.PUBLISHED, announced_at__isnull=True, deadline_at__gte=at
        )

    def ahead(self, *, at: datetime) -> "EventQuerySet":
        """Events that have not begun."""
        return self.filter(starts_at__gt=at)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Event(models.Model):
    """One event of the network; a draft may lack its date, deadline and seats."""

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="events")
    phase = models.ForeignKey(
        Phase, on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    kind = models.CharField(_("kind"), max_length=24, choices=EventKind)
    position = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, help_text=_("Its number among events of its kind.")
    )
    title_fi = models.CharField(_("title in Finnish"), max_length=160)
    title_sv = models.CharField(_("title in Swedish"), max_length=160, blank=True)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    description_fi = models.TextField(_("description in Finnish"), blank=True)
    description_sv = models.TextField(_("description in Swedish"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place_fi = models.CharField(_("place in Finnish"), max_length=120, blank=True)
    place_sv = models.CharField(_("place in Swedish"), max_length=120, blank=True)
    place_en = models.CharField(_("place in English"), max_length=120, blank=True)
    remote_url = models.URLField(_("link for remote participants"), max_length=500, blank=True)
    deadline_at = models.DateTimeField(_("registration ends"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=EventState, default=EventState.DRAFT)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    announced_at = models.DateTimeField(
        null=True, editable=False, help_text="When contact persons were notified that it is open."
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    title = Localized("title")
    description = Localized("description")
    place = Localized("place")
    objects = EventQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["season", "kind", "position"],
                name="event_position_once",
                violation_error_message=_("The season has an event of this kind and number."),
                violation_error_code="position",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="event_ends_after_it_starts",
                violation_error_message=_("The event ends before it starts: mend the times."),
                violation_error_code="ends_at",
            ),
            models.CheckConstraint(
                condition=Q(deadline_at__isnull=True)
                | Q(starts_at__isnull=True)
                | Q(deadline_at__lte=F("starts_at")),
                name="event_deadline_before_it_starts",
                violation_error_message=_(
                    "Registration ends after the event starts: choose an earlier deadline."
                ),
                violation_error_code="deadline_at",
            ),
            models.CheckConstraint(
                condition=Q(state=EventState.DRAFT)
                | Q(starts_at__isnull=False, ends_at__isnull=False, deadline_at__isnull=False),
                name="event_published_has_its_dates",
                violation_error_message=_(
                    "A published event keeps its beginning, its end and its deadline."
                ),
            ),
            paired(
                "published_at",
                "published_by",
                only_if=~Q(state=EventState.DRAFT),
                name="event_published_at_with_by",
            ),
            paired(
                "cancelled_at",
                "cancelled_by",
                only_if=Q(state=EventState.CANCELLED),
                name="event_cancelled_at_with_by",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["season", "starts_at"], name="event_by_season_and_time")
        ]

    def __str__(self) -> str:
        return self.title

    def begun(self, *, at: datetime) -> bool:
        """Whether the event has begun; one without a date has not."""
        return self.starts_at is not None and self.starts_at <= at

    def open_for_registration(self, *, at: datetime) -> bool:
        """Whether somebody may still be registered, seats apart."""
        return (
            self.state == EventState.PUBLISHED
            and self.deadline_at is not None
            and at <= self.deadline_at
        )


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    fields=["event", "mode", "capacity"],
    model_name="SeatsEvent",
)
class Seats(models.Model):
    """The seats of one way of attending; without a row that way is not offered.

    A trigger on registrations keeps `taken`, so the check below makes overselling impossible
    whoever writes, and this row is the lock registrations of an event wait for. Nobody else may
    change `taken` (migration 0002). Network-wide: a municipality cannot count the others' rows.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="seats")
    mode = models.CharField(_("way of attending"), max_length=9, choices=Mode)
    capacity = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Empty means room for everybody.")
    )
    taken = models.PositiveIntegerField(_("taken"), default=0, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "mode"], name="seats_mode_once"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")),
                name="seats_never_oversold",
                violation_error_message=_("There are more registrations than that already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.mode}: {self.taken}/{self.capacity}"

    @property
    def left(self) -> int | None:
        """Free seats, None where there is room for everybody."""
        return None if self.capacity is None else max(self.capacity - self.taken, 0)

    @property
    def full(self) -> bool:
        """Whether no seat is free."""
        return self.left == 0


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def confirmed(self) -> "RegistrationQuerySet":
        """Those who are coming."""
        return self.filter(state=RegistrationState.CONFIRMED)

    def ahead(self, *, at: datetime) -> "RegistrationQuerySet":
        """Those who are coming to an event that will be held and has not begun."""
        return self.confirmed().filter(event__state=EventState.PUBLISHED, event__starts_at__gt=at)

    def to_look_at(self, *, at: datetime) -> "RegistrationQuerySet":
        """Those whose person may have to be notified: the event is ahead and they come or came."""
        rows = self.filter(Q(state=RegistrationState.CONFIRMED) | Q(last_notice__isnull=False))
        return rows.filter(event__starts_at__gt=at).select_related("event", "person")


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["last_notice", "sequence"],
    model_name="RegistrationEvent",
)
class Registration(models.Model):
    """One person on one event. A withdrawn one stays and may be taken up again."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="registrations"
    )
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="registrations", db_constraint=False
    )
    mode = models.CharField(_("way of attending"), max_length=9, choices=Mode)
    state = models.CharField(
        _("state"), max_length=9, choices=RegistrationState, default=RegistrationState.CONFIRMED
    )
    registered_at = models.DateTimeField(_("registered"), default=timezone.now)
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    last_notice = models.JSONField(
        null=True, editable=False, help_text="What the person knows: events.notices.Notice"
    )
    sequence = models.PositiveIntegerField(
        default=0, editable=False, help_text="Of the calendar entry: raised with every message."
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "event", "person"],  # the person decides the municipality
                name="registration_once",
                violation_error_message=_("This person is registered already."),
            ),
            paired(
                "cancelled_at",
                "cancelled_by",
                only_if=Q(state=RegistrationState.CANCELLED),
                otherwise=Q(state=RegistrationState.CONFIRMED),
                name="registration_cancelled_at_with_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.person_id} {self.mode} {self.state}"

    @property
    def choice(self) -> Mode | None:
        """Way of attending, None where the person is not coming."""
        return Mode(self.mode) if self.state == RegistrationState.CONFIRMED else None

    @property
    def coming(self) -> bool:
        """Whether the person is coming to an event that will be held (reads the event)."""
        return self.choice is not None and self.event.state == EventState.PUBLISHED
