"""A merger as it is planned: who is merged into whom on which first of January, and what is against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from django.utils.text import slugify
from django.utils.translation import gettext as _

from municipalities.models import Municipality
from uso.ground.lib.dates import day
from uso.ground.lib.errors import RuleViolation

#: The division that the service began with; mergers up to then are in it already.
FIRST_YEAR: Final = 2027


class MergerRefused(RuleViolation):
    """The merger cannot be done so; `field` names what is wrong."""


@dataclass(frozen=True)
class NewMunicipality:
    """A wholly new municipality, as the decision of the government names it."""

    code: str
    name_fi: str
    name_sv: str
    genitive_fi: str

    @property
    def name(self) -> str:
        """Its name, as a page that plans it shows it."""
        return self.name_fi

    @property
    def slug(self) -> str:
        """Its part of addresses."""
        return slugify(self.name_fi)


@dataclass(frozen=True)
class MergerPlan:
    """Municipalities that are merged into another one, there already or wholly new."""

    formers: Sequence[Municipality]
    into: Municipality | NewMunicipality
    year: int

    @cached_property
    def effective_on(self) -> date:
        """Mergers take effect on 1 January."""
        return date(self.year, 1, 1)

    @property
    def is_new(self) -> bool:
        """Whether the municipality is wholly new."""
        return isinstance(self.into, NewMunicipality)

    @property
    def names(self) -> str:
        """The names of those merged."""
        return ", ".join(one.name for one in self.formers)

    @property
    def sum_source(self) -> str:
        """Where the population of a wholly new municipality is from."""
        return _("sum of %(names)s") % {"names": self.names}

    def require_possible(self) -> None:
        """Refuse a plan that can never be done.

        Raises
        ------
        MergerRefused
            With the sentence, and the field it belongs to.
        """
        if self.year < FIRST_YEAR:
            raise MergerRefused(
                _(
                    "The service began with the municipalities of 2025–2026: mergers before 1 January %(year)s are in it already."
                )
                % {"year": FIRST_YEAR},
                field="year",
            )
        self._require_formers()
        self._require_successor()

    def _require_formers(self) -> None:
        if not self.formers:
            raise MergerRefused(_("Choose who is merged."), field="formers")
        if self.into in self.formers:
            raise MergerRefused(
                _("%(name)s cannot be merged into itself.") % {"name": self.into.name},
                field="into",
            )
        for one in self.formers:
            if one.merged_on:
                raise MergerRefused(one.end_in_words, field="formers")
            self._require_founded_before(one, "formers")

    def _require_successor(self) -> None:
        if isinstance(self.into, Municipality):
            if self.into.merged_on:
                raise MergerRefused(
                    _("%(end)s Choose that one.") % {"end": self.into.end_in_words}, field="into"
                )
            self._require_founded_before(self.into, "into")
        elif len(self.formers) < 2:
            raise MergerRefused(
                _("A wholly new municipality is made of two or more: choose the others, too."),
                field="formers",
            )

    def _require_founded_before(self, one: Municipality, field: str) -> None:
        if one.founded_on and one.founded_on > self.effective_on:
            raise MergerRefused(
                _("%(name)s was founded on %(day)s: choose that year or a later one.")
                % {"name": one.name, "day": day(one.founded_on, weekday=False)},
                field=field,
            )

    def waits_in_words(self, *, today: date) -> str:
        """Say from which day on it can be done; empty where it can be done today."""
        if today >= self.effective_on:
            return ""
        return _(
            "The merger takes effect on %(day)s. It can be done from that day on; until then this is a look ahead."
        ) % {"day": day(self.effective_on, weekday=False)}
