"""What coordinators choose of a season that is made from an earlier one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from seasons.forms.limits import FIRST_YEAR, LAST_NUMBER, LAST_YEAR
from seasons.models import Season
from uso.ground.lib.fields import Form


class NewSeasonForm(Form):
    """From which season, and what the new one is called and when it begins."""

    source = forms.TypedChoiceField(label=_("Earlier season"), coerce=int, empty_value=None)
    number = forms.IntegerField(
        label=_("Number"),
        min_value=1,
        max_value=LAST_NUMBER,
        help_text=_("For example 10: the season will be called USO10."),
    )
    first_year = forms.IntegerField(
        label=_("First year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=_("The season is as long as the earlier one."),
    )

    def __init__(self, *args: Any, seasons: Sequence[Season], **kwargs: Any) -> None:
        latest = seasons[0] if seasons else None
        super().__init__(*args, **kwargs)
        self.seasons = {season.number: season for season in seasons}
        self.fields["source"].choices = [
            (number, f"{season} · {season.years}") for number, season in self.seasons.items()
        ]
        if latest:
            last_year = max(season.last_year for season in seasons)
            self.initial = {
                "source": latest.number, "number": latest.number + 1, "first_year": last_year + 1,
            } | self.initial  # fmt: skip

    def clean_source(self) -> Season:
        """Return the season itself."""
        return self.seasons[self.cleaned_data["source"]]

    def clean(self) -> dict[str, Any] | None:
        """Refuse a first year that leaves no room for the season's length."""
        cleaned = super().clean()
        source, first = (self.cleaned_data.get(name) for name in ("source", "first_year"))
        if source and first and first + len(source.each_year) - 1 > LAST_YEAR:
            message = _("The season would go on after %(year)s: let it begin earlier.")
            self.add_error("first_year", message % {"year": LAST_YEAR})
        return cleaned
