"""What coordinators write of a season's fee."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from seasons.models import Season
from seasons.queries import population_years
from uso.ground.lib.fields import ModelForm


class FeeTermsForm(ModelForm):
    class Meta:
        model = Season
        fields: ClassVar = ["population_year", "vat_on_top", "travel_on_top"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(year, str(year)) for year in population_years()]
        self.fields["population_year"] = forms.TypedChoiceField(
            label=_("Population at the end of the year"),
            help_text=_("Confirmed fees stay as they are."),
            choices=[("", _("Choose the year")), *years],
            coerce=int,
            empty_value=None,
        )
