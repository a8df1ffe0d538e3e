"""Input about people and roles."""

from typing import Any

from allauth.account.forms import AddEmailForm, RequestLoginCodeForm, ResetPasswordForm
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from municipalities import limits
from municipalities.enums import Role
from municipalities.models import Invitation, Person, User
from uso.ground.lib.fields import CleansText, EmailField, ModelForm, PhoneField


class PersonForm(ModelForm):
    """Somebody on the roster."""

    phone = PhoneField(label=_("Telephone"), required=False)

    class Meta:
        model = Person
        fields = (
            "first_name", "last_name", "group", "title", "body", "email", "phone", "language",
        )  # fmt: skip
        widgets = {
            "first_name": forms.TextInput({"autocomplete": "off"}),
            "last_name": forms.TextInput({"autocomplete": "off"}),
            "email": forms.EmailInput({"autocomplete": "off"}),
            "group": forms.RadioSelect,
        }
        field_classes = {"email": EmailField}
        help_texts = {
            "email": _(
                "Confirmations, changes and calendar entries go here. Without it nothing is sent."
            ),
            "title": _("Such as mayor, or chair of the board."),
            "body": _("Such as council, board or a committee."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = Person._meta.get_field("group").choices
        self.fields["phone"].widget.attrs["autocomplete"] = "off"  # it is somebody else's


class InvitationForm(ModelForm):
    """Whom to invite and to what."""

    class Meta:
        model = Invitation
        fields = ("email", "role", "language")
        widgets = {"role": forms.RadioSelect}
        field_classes = {"email": EmailField}
        labels = {"language": _("Language of the invitation")}

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]


class UserForm(ModelForm):
    """What somebody tells of themselves."""

    class Meta:
        model = User
        fields = ("first_name", "last_name", "language")
        widgets = {
            "first_name": forms.TextInput({"autocomplete": "given-name"}),
            "last_name": forms.TextInput({"autocomplete": "family-name"}),
        }


class AskCodeForm(CleansText, RequestLoginCodeForm):
    """Whom to send a sign-in code."""

    def clean_email(self) -> str:
        """Answer 429 where too many have been asked for, whether the address is known or not."""
        _refuse_too_many(self.cleaned_data["email"])
        email: str = super().clean_email()
        return email


class AskPasswordForm(CleansText, ResetPasswordForm):
    """Whom to send a code for a new password."""

    def clean_email(self) -> str:
        """Answer 429 where too many have been asked for, whether the address is known or not."""
        _refuse_too_many(self.cleaned_data["email"])
        email: str = super().clean_email()
        return email


def _refuse_too_many(email: str) -> None:
    if not limits.may_try(context.request, "mailed_code", email):
        raise ImmediateHttpResponse(respond_429(context.request))


class AddAddressForm(CleansText, AddEmailForm):
    """One's new address; like every other it is one that can be mailed to, in its one form."""

    email = EmailField(label=_("E-mail"), widget=forms.EmailInput({"autocomplete": "email"}))


class AddPasskeyForm(CleansText, AddWebAuthnForm):
    """A new passkey; it signs in without a code unless somebody unticks that."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
