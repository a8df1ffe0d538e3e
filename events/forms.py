"""What coordinators write about an event, and what comes out of the registration grid."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from events.enums import Mode
from events.models import Event
from events.queries import Cell, seats_by_mode
from uso.ground.lib.fields import one_line

NOT_COMING = "none"


def moment_input() -> forms.DateTimeInput:
    """Make a field for a day and a time in Helsinki."""
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def form_field(field: models.Field, **options: Any) -> forms.Field | None:
    """Make a form's field; an address without its scheme is taken as https."""
    if isinstance(field, models.URLField):
        options["assume_scheme"] = "https"
    return field.formfield(**options)


class EventForm(forms.ModelForm):
    """An event with the seats of each way of attending."""

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
            "title_fi",
            "title_sv",
            "title_en",
            "starts_at",
            "ends_at",
            "deadline_at",
            "in_person",
            "place",
            "in_person_seats",
            "remote",
            "remote_url",
            "remote_seats",
            "description_fi",
            "description_sv",
            "description_en",
        ]
        widgets: ClassVar = {
            "starts_at": moment_input(),
            "ends_at": moment_input(),
            "deadline_at": moment_input(),
            **{
                f"description_{code}": forms.Textarea(attrs={"rows": 4})
                for code in ("fi", "sv", "en")
            },
        }
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
        for name in ("title_fi", "title_sv", "title_en", "place"):  # also in subjects and calendars
            self.fields[name].validators.append(one_line)
        self.fields["phase"].queryset = self.instance.season.phases.order_by("position")
        if self.instance.pk:
            for mode, seats in seats_by_mode(self.instance.seats.all()).items():
                self.initial |= {mode.value: True, f"{mode.value}_seats": seats.capacity}

    @property
    def capacities(self) -> Mapping[Mode, int | None]:
        """Seats of each way of attending that is offered."""
        data = self.cleaned_data
        return {mode: data.get(f"{mode.value}_seats") for mode in Mode if data.get(mode.value)}

    def _get_validation_exclusions(self) -> set[str]:
        """Let the constraints look at what is set beside the form too."""
        return super()._get_validation_exclusions() - {"season", "state"}


@dataclass(frozen=True)
class TypedGrid:
    """What came from the registration grid.

    Parameters
    ----------
    chosen
        Each cell's choice as it was on the screen.
    loaded
        Each cell's choice as it was when the page was made; what is not in it was not coming.
    unread
        Cells that came with more than one choice, or with one that does not exist.
    """

    chosen: Mapping[Cell, Mode | None]
    loaded: Mapping[Cell, Mode]
    unread: frozenset[Cell]

    @property
    def changes(self) -> dict[Cell, Mode | None]:
        """The choices somebody has made: a colleague's save meanwhile is not undone by the rest."""
        return {
            cell: choice for cell, choice in self.chosen.items() if choice != self.loaded.get(cell)
        }


CELL_NAME = re.compile(r"r-(\d{1,18})-(\d{1,18})", re.ASCII)
LOADED_CELL = re.compile(r"(\d{1,18})-(\d{1,18}):(in_person|remote)", re.ASCII)


def read_grid(data: QueryDict) -> TypedGrid:
    """Read the posted grid; fields that are none of its cells are passed over."""
    choices: dict[str, Mode | None] = {NOT_COMING: None, **{mode.value: mode for mode in Mode}}
    chosen: dict[Cell, Mode | None] = {}
    unread: set[Cell] = set()
    for name in data:
        if match := CELL_NAME.fullmatch(name):
            cell = (int(match[1]), int(match[2]))
            values = set(data.getlist(name))
            if len(values) == 1 and values <= choices.keys():
                chosen[cell] = choices[values.pop()]
            else:
                unread.add(cell)
    loaded = {
        (int(person), int(event)): Mode(mode)
        for person, event, mode in LOADED_CELL.findall(data.get("loaded", ""))
    }
    return TypedGrid(chosen, loaded, frozenset(unread))
