"""What somebody of a municipality writes who wants to hear more of a season, safe from robots."""

from typing import Any, Final

from django import forms
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from municipalities.enums import Language
from municipalities.limits import may_write
from municipalities.models import Municipality
from uso.ground.lib.fields import EmailField, Form
from uso.ground.lib.order import finnish

SIGNER: Final = TimestampSigner(salt="uso.interest")
SOONEST_SECONDS: Final = 3  # nobody fills the form in faster
LATEST_SECONDS: Final = 24 * 60 * 60
DRAWN: Final = "drawn"


def _places() -> list[tuple[str, Any]]:
    """List the municipalities of today in the order of their names in the reader's language."""
    named = [
        (str(row.pk), row.name)
        for row in Municipality.objects.in_force(on=timezone.localdate()).only("name_fi", "name_sv")
    ]
    named.sort(key=lambda choice: finnish(choice[1]))
    return [("", _("Choose the municipality")), *named]


class InterestForm(Form):
    municipality = forms.ChoiceField(label=_("Municipality"))
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    title = forms.CharField(
        label=_("Title or position"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    email = EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"})
    )
    message = forms.CharField(
        label=_("Message"), max_length=2000, required=False, widget=forms.Textarea({"rows": 5})
    )
    language = forms.ChoiceField(label=_("Language of the answer"), choices=Language)
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )
    drawn_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"] = forms.ChoiceField(label=_("Municipality"), choices=_places())
        self.initial["drawn_at"] = SIGNER.sign(DRAWN)
        self.request = request
        self.too_many = False

    def clean_municipality(self) -> Municipality:
        return Municipality.objects.get(pk=self.cleaned_data["municipality"])

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(
                _("A program seems to have filled this in. Empty it and send the form again.")
            )
        return ""

    def clean(self) -> dict[str, Any]:
        """Ask last how long the form was open and how often it has been sent: neither loses a word."""
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        if refusal := self._refuse_time():
            self.add_error(None, refusal)
        elif not may_write(self.request, "interest", given["email"]):
            self.too_many = True
            self.add_error(
                None,
                _(
                    "So many were sent from your network or with this address that we wait a while. Try again later, or write to the network's contacts."
                ),
            )
        return {name: given[name] for name in given if name not in ("website", "drawn_at")}

    def _refuse_time(self) -> str:
        """Say why the form was sent too soon or too late; empty where it was not."""
        stamp = self.cleaned_data.get("drawn_at", "")
        try:
            SIGNER.unsign(stamp, max_age=LATEST_SECONDS)
        except SignatureExpired:
            return self._drawn_anew(
                gettext("The form was open for more than a day. Check it and send it again.")
            )
        except BadSignature:
            return self._drawn_anew(
                gettext("The form came back damaged. Check it and send it again.")
            )
        return "" if _is_older(stamp) else gettext("That was too fast. Press the button again.")

    def _drawn_anew(self, refusal: str) -> str:
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["drawn_at"] = SIGNER.sign(DRAWN)
        self.data = data
        return refusal


def _is_older(stamp: str) -> bool:
    """Whether a stamp was signed a few seconds ago, or before that."""
    try:
        SIGNER.unsign(stamp, max_age=SOONEST_SECONDS)
    except SignatureExpired:
        return True
    return False
