"""Tenants and people."""

from datetime import date, datetime
from typing import Any, ClassVar, Final

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from municipalities.enums import MUNICIPALITY_ROLES, NETWORK_ROLES, Group, Language, Role
from uso.ground.lib.dates import day
from uso.ground.lib.models import Localized, paired

# What a list of municipalities shows of each: a third of its columns.
NAMES = ("code", "slug", "name_fi", "name_sv", "former_names")


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def in_force(self, *, on: date) -> "MunicipalityQuerySet":
        """Municipalities of a day: founded by then and not merged into another yet."""
        return self.filter(
            Q(founded_on__isnull=True) | Q(founded_on__lte=on),
            Q(merged_on__isnull=True) | Q(merged_on__gt=on),
        )


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    fields=["code", "name_fi", "founded_on", "merged_into", "merged_on"],
    model_name="MunicipalityEvent",
)
class Municipality(models.Model):
    """A municipality of Finland: those of the division of 2025 and 2026, and what has become of them.

    One that was merged into another stays as it was, for reading (docs/adr/0017).
    """

    class Status(models.TextChoices):
        FINNISH = "fi", _("Finnish")
        FINNISH_SWEDISH = "fi-sv", _("Bilingual, Finnish majority")
        SWEDISH_FINNISH = "sv-fi", _("Bilingual, Swedish majority")
        SWEDISH = "sv", _("Swedish")

    code = models.CharField(_("code"), max_length=3, unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name_fi = models.CharField(_("name in Finnish"), max_length=60)
    name_sv = models.CharField(_("name in Swedish"), max_length=60)
    genitive_fi = models.CharField(_("genitive in Finnish"), max_length=60)
    locative_fi = models.CharField(_("local case in Finnish"), max_length=60, blank=True)
    locative_sure = models.BooleanField(_("the local case is certain"), default=False)
    region_code = models.CharField(_("region code"), max_length=2)
    region_fi = models.CharField(_("region in Finnish"), max_length=60)
    region_sv = models.CharField(_("region in Swedish"), max_length=60)
    subregion_fi = models.CharField(_("subregion"), max_length=60, blank=True)
    grouping_fi = models.CharField(_("urban–rural grouping"), max_length=60, blank=True)
    welfare_area_fi = models.CharField(_("wellbeing services county"), max_length=80, blank=True)
    employment_area_fi = models.CharField(_("employment area"), max_length=80, blank=True)
    language_status = models.CharField(_("language status"), max_length=5, choices=Status)
    business_id = models.CharField(_("business id"), max_length=9, blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True, editable=False)
    merged_on = models.DateField(_("merged on"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="former_municipalities",
        verbose_name=_("merged into"),
    )
    former_names = models.CharField(
        _("names of those merged into it"), max_length=600, blank=True, editable=False
    )
    name = Localized("name")
    region = Localized("region")

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            paired("merged_on", "merged_into", name="municipality_merged_on_with_into"),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="municipality_not_into_itself"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{field}__isnull": True})
                    | Q(**{f"{field}__month": 1, f"{field}__day": 1}),
                    name=f"municipality_{field}_first_of_january",
                )
                for field in ("founded_on", "merged_on")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def end_in_words(self) -> str:
        """When it was merged into which other one; empty while it is in force (a query where it has ended)."""
        if self.merged_into is None or self.merged_on is None:
            return ""
        return gettext("%(former)s was merged into %(name)s on %(day)s.") % {
            "former": self.name,
            "name": self.merged_into.name,
            "day": day(self.merged_on, weekday=False),
        }

    @property
    def main_language(self) -> Language:
        """The language of its majority."""
        return Language(self.language_status.split("-")[0])

    def population_in(self, year: int) -> int | None:
        """Return the population at 31.12. of a year, None where no figure is at hand (one query)."""
        return self.populations.filter(year=year).values_list("count", flat=True).first()


@pghistory.track(
    pghistory.UpdateEvent("revised", row=pghistory.Old),
    pghistory.DeleteEvent("removed"),
    model_name="PopulationEvent",
)
class Population(models.Model):
    """Population of a municipality at the end of a year, as published: the one that decides fees.

    Its history has what stood before each revision, with its source.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="populations"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    count = models.PositiveIntegerField(_("population"))
    source = models.CharField(_("source"), max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "year"], name="population_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.year}: {self.count}"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user; without a password only a code, a passkey or OpenID Connect opens."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a technical administrator (management command)."""
        return self.create_user(email, password, is_superuser=True, **fields)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    fields=["is_active", "is_superuser"],
    model_name="UserEvent",
)
class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in; the e-mail address is the name."""

    email = models.EmailField(_("e-mail"), unique=True)
    first_name = models.CharField(_("first name"), max_length=60)
    last_name = models.CharField(_("last name"), max_length=60)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.FINNISH
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["first_name", "last_name"]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="user_email_once_in_any_case")
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


def in_force(*, on: date) -> Q:
    """Pick memberships in force on a day; one that ends on it is not, so ending works at once."""
    return Q(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self, *, on: date) -> "MembershipQuerySet":
        """Memberships in force on a day."""
        return self.filter(in_force(on=on))

    def of(self, user: User, *, on: date) -> "MembershipQuerySet":
        """List what a user may act as on a day, with the municipalities (one query)."""
        return self.active(on=on).filter(user=user).select_related("municipality")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Membership(models.Model):
    """A role somebody holds, in one municipality or in the network, from day to day."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(municipality__isnull=True, role__in=sorted(NETWORK_ROLES))
                | Q(municipality__isnull=False, role__in=sorted(MUNICIPALITY_ROLES)),
                name="membership_role_fits_its_place",
                violation_error_message=_("This role belongs to a municipality, or to none."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_it_starts",
                violation_error_message=_("The role ends before it starts: mend the dates."),
            ),
            models.UniqueConstraint(
                fields=["user", "municipality", "role"],
                nulls_distinct=False,
                name="membership_once",
                violation_error_message=_("This person has the role already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


UNANSWERED: Final = Q(used_at__isnull=True, withdrawn_at__isnull=True)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unanswered(self) -> "InvitationQuerySet":
        """Invitations nobody has used or withdrawn, the expired ones too."""
        return self.filter(UNANSWERED)


class Invitation(models.Model):
    """A role offered to one e-mail address, by a link that works once."""

    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=12, choices=Role)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.FINNISH
    )
    hands_over = models.ForeignKey(
        Membership,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="successors",
        editable=False,
        help_text="Whose role passes on when it is accepted, with what waits for them",
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(_("works until"))
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(municipality__isnull=True, role__in=sorted(NETWORK_ROLES))
                | Q(municipality__isnull=False, role__in=sorted(MUNICIPALITY_ROLES)),
                name="invitation_role_fits_its_place",
                violation_error_message=_("This role belongs to a municipality, or to none."),
            ),
            paired("used_at", "used_by", name="invitation_used_with_by"),
            paired("withdrawn_at", "withdrawn_by", name="invitation_withdrawn_with_by"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_used_or_withdrawn",
            ),
            models.UniqueConstraint(
                Lower("email"),
                "municipality",
                "role",
                condition=UNANSWERED,
                nulls_distinct=False,
                name="invitation_once_at_a_time",
                violation_error_message=_("This address has this invitation already."),
            ),
            models.UniqueConstraint(
                fields=["hands_over"], condition=UNANSWERED, name="role_handed_over_to_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.role}"

    def is_open(self, *, at: datetime) -> bool:
        """Say whether it can be accepted at a moment."""
        return not (self.used_at or self.withdrawn_at) and self.expires_at > at


class PersonQuerySet(models.QuerySet["Person"]):
    def on_the_list(self) -> "PersonQuerySet":
        """Those who may be registered: nobody who has left."""
        return self.filter(left_on__isnull=True)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    fields=["municipality", "group", "left_on"],  # personal fields leave no copy in the history
    model_name="PersonEvent",
)
class Person(models.Model):
    """Somebody on a municipality's roster who takes part; needs no account."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="people")
    first_name = models.CharField(_("first name"), max_length=60)
    last_name = models.CharField(_("last name"), max_length=60)
    title = models.CharField(_("title or position"), max_length=80, blank=True)
    body = models.CharField(_("body"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=16, blank=True)
    group = models.CharField(_("group"), max_length=8, choices=Group)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.FINNISH
    )
    left_on = models.DateField(_("left the list"), null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "municipality",
                Lower("first_name"),
                Lower("last_name"),
                Lower("email"),
                condition=~Q(email=""),
                name="person_once_in_a_municipality",
                violation_error_message=_("This person is on your list already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def has_left(self) -> bool:
        """Whether the person is kept for what they took part in, and registered to nothing more."""
        return self.left_on is not None


class MergedPerson(models.Model):
    """The key of somebody who was on the roster twice, and who was kept: old pages and files lead there."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    former_id = models.BigIntegerField()
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="former_keys", db_constraint=False
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "former_id"],  # the person decides the municipality
                name="merged_person_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.former_id} -> {self.person_id}"


class DistinctPeople(models.Model):
    """Two people who look like one and are not: nobody is asked about them again."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    other = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "one", "other"], name="distinct_people_once"
            ),
            models.CheckConstraint(
                condition=Q(one__lt=models.F("other")), name="distinct_people_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} is not {self.other_id}"


class ContactAddress(models.Model):
    """A shared mailbox of a municipality, such as its registry's: it is written to and is no account."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="contact_addresses"
    )
    email = models.EmailField(_("e-mail"))
    label = models.CharField(_("whose mailbox"), max_length=80)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.FINNISH
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "municipality",
                Lower("email"),
                name="contact_address_once_in_a_municipality",
                violation_error_message=_("This address is on the list already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} <{self.email}>"
