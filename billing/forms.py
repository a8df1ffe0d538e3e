"""What a coordinator gives to a billing run."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum.fi import ytunnus

from billing.pricing import fee_supplied_on
from uso.ground.lib.fields import DayField, Form


class BusinessIdForm(Form):
    """A municipality's Y-tunnus, with its check digit asked."""

    business_id = forms.CharField(
        label=_("Business ID"),
        help_text=_("Seven digits, a hyphen and a check digit, such as 0201256-6."),
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_business_id(self) -> str:
        """Return it as it is written, `0201256-6`, whether typed so, without its hyphen or as a VAT number."""
        typed = (
            re.sub(r"[\s\-‐–−]", "", self.cleaned_data["business_id"]).upper().removeprefix("FI")
        )
        if not ytunnus.is_valid(typed):
            raise forms.ValidationError(
                _("This is not a business ID: its check digit does not match. Look at it again."),
                code="business_id",
            )
        return str(ytunnus.format(ytunnus.compact(typed)))


class FeeRunForm(Form):
    """The day that decides the rate of VAT, and late members to bill."""

    supply_on = DayField(label=_("Date of supply"))

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        self.initial["supply_on"] = fee_supplied_on(year)
        self.fields["supply_on"].help_text = _(
            "The day that decides the rate of VAT: the last day of the year, or the day of an advance payment."
        )
        self.fields["supply_on"].widget.attrs |= {
            "min": date(year, 1, 1).isoformat(),
            "max": date(year, 12, 31).isoformat(),
        }

    def clean_supply_on(self) -> date:
        """Accept days of the year that is billed."""
        day: date = self.cleaned_data["supply_on"]
        if day.year != self.year:
            raise forms.ValidationError(
                _("Give a day of %(year)s."), code="year", params={"year": self.year}
            )
        return day

    @property
    def day(self) -> date:
        """The day given; the usual one until a good one is."""
        given = self.cleaned_data.get("supply_on") if self.is_bound and self.is_valid() else None
        return given or fee_supplied_on(self.year)

    @property
    def late_members(self) -> list[int]:
        """The participations chosen to be billed though they joined after the year."""
        given = self.data.getlist("chosen") if self.is_bound else []
        return [int(key) for key in given if key.isdecimal()]
