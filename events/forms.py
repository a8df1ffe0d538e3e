"""What coordinators write about an event, and what comes out of the registration grid."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from events.enums import Mode
from events.models import Event
from events.planning import MissingEvent, SeasonPlan, on_the_same_day, outside_phase
from events.queries import Cell, seats_by_mode
from seasons.days import season_days
from seasons.models import Season
from uso.ground.lib.dates import at, span
from uso.ground.lib.days import AsksAboutDays, unusual
from uso.ground.lib.fields import DayField, Form, ModelForm, MomentField, in_languages

NOT_COMING = "none"


MOMENTS = ("starts_at", "ends_at", "deadline_at")
TITLES, PLACES, DESCRIPTIONS = in_languages("title", "place", "description")


def form_field(field: models.Field, **options: Any) -> forms.Field | None:
    """Make a form's field; an address without its scheme is taken as https."""
    if isinstance(field, models.URLField):
        options["assume_scheme"] = "https"
    return field.formfield(**options)


class EventForm(AsksAboutDays, ModelForm):
    """An event with the seats of each way of attending."""

    asked_days = ("starts_at", "ends_at")
    CHANGING = (
        "state", "kind", "position", "phase", *TITLES, *MOMENTS, *PLACES, "remote_url", *DESCRIPTIONS,
    )  # fmt: skip
    """What a page of an event is drawn for."""

    in_person = forms.BooleanField(label=_("Participants may come on site"), required=False)
    in_person_seats = forms.IntegerField(
        label=_("Seats on site"),
        required=False,
        min_value=0,
        max_value=100_000,
        help_text=_("Leave empty if there is room for everybody."),
    )
    remote = forms.BooleanField(label=_("Participants may take part remotely"), required=False)
    remote_seats = forms.IntegerField(
        label=_("Seats for remote participants"),
        required=False,
        min_value=0,
        max_value=100_000,
        help_text=_("Leave empty if there is room for everybody."),
    )

    class Meta:
        model = Event
        formfield_callback = form_field
        fields: ClassVar = [
            "kind",
            "position",
            "phase",
            *TITLES,
            *MOMENTS,
            "in_person",
            *PLACES,
            "in_person_seats",
            "remote",
            "remote_url",
            "remote_seats",
            *DESCRIPTIONS,
        ]
        widgets: ClassVar = {
            **{name: forms.Textarea(attrs={"rows": 4}) for name in DESCRIPTIONS},
        }
        field_classes: ClassVar = dict.fromkeys(MOMENTS, MomentField)
        labels: ClassVar = {"phase": _("Phase")}
        help_texts: ClassVar = {
            "position": "",
            "deadline_at": _(
                "All times are Finnish. After this nobody is registered; people can still be withdrawn."
            ),
            "remote_url": _("Shown and sent to those who take part remotely."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phase"].empty_label = _("No phase")
        self.fields["phase"].queryset = self.instance.season.phases.order_by("position")
        if self.instance.pk:
            for mode, seats in seats_by_mode(self.instance.seats.all()).items():
                self.initial |= {mode.value: True, f"{mode.value}_seats": seats.capacity}

    def _post_clean(self) -> None:
        """Leave the event, which holds its fields now, and the seats of each way it offers."""
        super()._post_clean()
        data = self.cleaned_data
        offered = (mode for mode in Mode if data.get(mode.value))
        capacities = {mode: data.get(f"{mode.value}_seats") for mode in offered}
        self.cleaned_data = {"event": self.instance, "capacities": capacities}

    def _get_validation_exclusions(self) -> set[str]:
        """Let the constraints look at what is set beside the form too."""
        return super()._get_validation_exclusions() - {"season", "state"}


class PlanForm(AsksAboutDays, Form):
    """The days of the events that a season's package promises and nobody has planned."""

    def __init__(self, *args: Any, season: Season, plan: SeasonPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.missing = {each.key: each for each in plan.missing}
        self.taken = plan.days
        self.asked_days = tuple(self.missing)
        for key, each in self.missing.items():
            self.fields[key] = DayField(
                label=each.title, required=False, initial=each.on, help_text=_when(each)
            )
            season_days(season).limit(self.fields[key])

    def rows(self, missing: Iterable[MissingEvent]) -> list[forms.BoundField]:
        """Return the fields of some of the events, each with the question about its day."""
        names = {each.key for each in missing}
        return [field for field in self if field.name.removesuffix("_is_right") in names]

    def doubt(self, name: str, on: date) -> str:
        """Say too that a day is outside its phase, and what else is on it."""
        outside = outside_phase(on, self.missing[name].phase)
        return ", ".join(filter(None, [unusual(on), outside, *self._on_the_same_day(name, on)]))

    def _on_the_same_day(self, name: str, on: date) -> list[str]:
        """Name what else is on the day; two that were typed are asked about once, at the later."""
        planned = [event.title for event in self.taken.get(on, [])]
        names = list(self.missing)
        earlier = names[: names.index(name)]
        typed = [
            self.missing[other].title
            for other in names
            if other != name
            and self.cleaned_data.get(other) == on
            and (other in earlier or other not in self.changed_data)
        ]
        return [on_the_same_day(title) for title in (*planned, *typed)]

    def _post_clean(self) -> None:
        """Leave the days by event."""
        self.cleaned_data = {"days": dict(self.cleaned_data)}


def _when(missing: MissingEvent) -> str:
    starts = _("starts %(time)s") % {"time": at(missing.starts)}
    if missing.phase is None:
        return starts
    phase = missing.phase
    return f"{phase.name}, {span(phase.starts_on, phase.ends_on)}, {starts}"


@dataclass(frozen=True)
class GridInput:
    """What came from the registration grid.

    Parameters
    ----------
    chosen
        Each cell's choice as it was on the screen.
    loaded
        Each cell's choice as it was when the page was made; what is not in it was not coming.
    unclear
        Cells that came with more than one choice, or with one that does not exist.
    """

    chosen: Mapping[Cell, Mode | None]
    loaded: Mapping[Cell, Mode]
    unclear: frozenset[Cell]

    @property
    def changes(self) -> dict[Cell, Mode | None]:
        """The choices somebody has made: a colleague's save meanwhile is not undone by the rest."""
        return {
            cell: choice for cell, choice in self.chosen.items() if choice != self.loaded.get(cell)
        }


CELL_NAME = re.compile(r"r-(\d{1,18})-(\d{1,18})", re.ASCII)
LOADED_CELL = re.compile(r"(\d{1,18})-(\d{1,18}):(in_person|remote)", re.ASCII)


def parse_grid(data: QueryDict) -> GridInput:
    """Parse the posted grid; fields that are none of its cells are passed over."""
    choices: dict[str, Mode | None] = {NOT_COMING: None, **{mode.value: mode for mode in Mode}}
    chosen: dict[Cell, Mode | None] = {}
    unclear: set[Cell] = set()
    for name in data:
        if match := CELL_NAME.fullmatch(name):
            cell = (int(match[1]), int(match[2]))
            values = set(data.getlist(name))
            if len(values) == 1 and values <= choices.keys():
                chosen[cell] = choices[values.pop()]
            else:
                unclear.add(cell)
    loaded = {
        (int(person), int(event)): Mode(mode)
        for person, event, mode in LOADED_CELL.findall(data.get("loaded", ""))
    }
    return GridInput(chosen, loaded, frozenset(unclear))
