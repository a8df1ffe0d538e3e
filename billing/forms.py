"""What a billing run is asked with, and what a municipality gives as a buyer."""

import re
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum.fi import ytunnus

from billing.einvoice_addresses import ADDRESS, ENDPOINT, REMOVED_SCHEMES, compact, endpoint_of
from billing.models import BuyerDetails
from billing.pricing import fee_supplied_on
from billing.queries import DETAILS
from uso.ground.lib.fields import DayField, Form, ModelForm


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


class BuyerDetailsForm(ModelForm):
    """Where a municipality's invoices go and what they must say; everything may be left empty."""

    # Typed with blanks and hyphens, so longer than what is stored.
    einvoice_address = forms.CharField(
        label=_("E-invoice address"),
        help_text=_(
            "The OVT, or another address that your operator has given: letters and digits."
        ),
        max_length=60,
        required=False,
    )
    operator = forms.CharField(
        label=_("Operator's identifier"),
        help_text=_("The operator (intermediary) of your e-invoices: letters and digits."),
        max_length=60,
        required=False,
    )
    peppol_endpoint = forms.CharField(
        label=_("Peppol address"),
        help_text=_("If you receive invoices through Peppol. In Finland it begins with 0216:"),
        max_length=70,
        required=False,
    )
    postal_code = forms.CharField(
        label=_("Postal code"),
        max_length=8,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    class Meta:
        model = BuyerDetails
        fields = DETAILS
        labels: ClassVar = {
            "reference": _("Your reference"),
            "language": _("Language of invoices"),
            "street": _("Street address or PO box for invoices"),
            "post_office": _("Post office"),
            "email": _("E-mail for invoices"),
        }
        help_texts: ClassVar = {
            "reference": _(
                "What must stand in “Your reference” so that the invoice is not returned: a cost centre, an order number or a name."
            ),
            "email": _("For the case that an e-invoice does not get through."),
        }

    def clean_einvoice_address(self) -> str:
        """Return it as operators have it: capitals and digits."""
        return _compact(self.cleaned_data["einvoice_address"])

    def clean_operator(self) -> str:
        """Return it as operators have it: capitals and digits."""
        return _compact(self.cleaned_data["operator"])

    def clean_peppol_endpoint(self) -> str:
        """Return it with its scheme; refuse the schemes that Peppol has removed."""
        given = endpoint_of(self.cleaned_data["peppol_endpoint"])
        if not given:
            return ""
        if given[:4] in REMOVED_SCHEMES and given[4:5] == ":":
            raise forms.ValidationError(
                _(
                    "Peppol no longer knows addresses that begin with %(scheme)s. Write 0216: instead."
                ),
                code="scheme",
                params={"scheme": given[:5]},
            )
        if not re.match(ENDPOINT, given):
            raise forms.ValidationError(
                _("Write four digits, a colon and the address, such as 0216:003701784556."),
                code="endpoint",
            )
        return given

    def clean_postal_code(self) -> str:
        """Accept five digits."""
        given = re.sub(r"\s", "", self.cleaned_data["postal_code"])
        if given and not re.fullmatch(r"[0-9]{5}", given):
            raise forms.ValidationError(_("Write five digits, such as 69100."), code="postal_code")
        return given

    def clean(self) -> dict[str, Any]:
        """Ask for the whole postal address where a part of it was given."""
        super().clean()
        names = ("street", "postal_code", "post_office")
        given = {name: self.cleaned_data.get(name) for name in names}
        if any(given.values()):
            for name in names:
                if not given[name] and name not in self.errors:
                    self.add_error(
                        name,
                        _("Write this too, or leave the whole postal address empty."),
                    )
        return self.cleaned_data


def _compact(typed: str) -> str:
    given = compact(typed)
    if given and not re.match(ADDRESS, given):
        raise forms.ValidationError(
            _("Write 6 to 35 letters (a–z) and digits, such as 003701784556."), code="address"
        )
    return given


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
