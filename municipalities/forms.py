"""Input about people and roles."""

import re
from typing import Any, ClassVar, Final

from allauth.account.forms import AddEmailForm, RequestLoginCodeForm, ResetPasswordForm
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from municipalities import limits
from municipalities.enums import Group, Role
from municipalities.models import ContactAddress, Invitation, Person, User
from municipalities.roster.headings import Order
from municipalities.roster.names import require_name
from municipalities.roster.tables import UploadedTable, text_of_file
from uso.ground.lib import sheets
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.fields import CleansText, EmailField, Form, ModelForm, PhoneField


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
        for name in ("first_name", "last_name"):
            self.fields[name].validators.append(require_name)
        self.fields["phone"].widget.attrs["autocomplete"] = "off"  # it is somebody else's


class TableForm(Form):
    """A table of people, pasted or as a file, and what it does not say itself."""

    #: Of rows and file one is to be filled; the empty choice of the others is an answer.
    not_called_optional: ClassVar = ("rows", "file", "group", "order")

    rows = forms.CharField(
        label=_("Rows copied from a spreadsheet"),
        required=False,
        strip=False,
        help_text=_("Paste the rows or choose a file."),
        widget=forms.Textarea(
            {"rows": 8, "wrap": "off", "spellcheck": "false", "class": "scrolls"}
        ),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("XLSX, CSV or TXT, 10 MB at most."),
        widget=forms.FileInput({"accept": ".xlsx,.csv,.txt,.tsv"}),
    )
    group = forms.ChoiceField(
        label=_("Group of those whose row names none"),
        required=False,
        choices=[("", _("Every row names it")), *Group.choices],
    )
    order = forms.ChoiceField(
        label=_("Order of the names, where no heading says so"),
        required=False,
        choices=Order.choices,
    )

    def clean_file(self) -> UploadedTable | None:
        """Turn the file into the text that would have been pasted."""
        file = self.cleaned_data["file"]
        if file is None:
            return None
        if file.size > sheets.MAX_BYTES:
            raise forms.ValidationError(
                _("The file %(name)s is far too large: keep the one table that is wanted in it.")
                % {"name": file.name}
            )
        try:
            return text_of_file(file.name, file.read())
        except RuleViolation as refusal:
            raise forms.ValidationError(refusal.message) from refusal

    def clean(self) -> dict[str, Any]:
        """Take the file where there is one; the rows are then what it holds."""
        data = super().clean() or {}
        if uploaded := data.get("file"):
            data["rows"] = uploaded.text
        return data


ROW_NUMBER: Final = re.compile(r"[0-9]{1,6}")


class BringForm(Form):
    """What to do with the rows of a previewed table: which changes are accepted, who is who."""

    accepts_all = forms.BooleanField(label=_("Accept all changes"), required=False)

    def clean(self) -> dict[str, Any]:
        """Read the ticks and answers, whose names carry the number of their row."""
        answers = {
            int(name.removeprefix("who-")): value
            for name, value in self.data.items()
            if name.startswith("who-") and ROW_NUMBER.fullmatch(name[4:])
        }
        ticked = self.data.getlist("accept")
        accepted = frozenset(int(number) for number in ticked if ROW_NUMBER.fullmatch(number))
        return {**(super().clean() or {}), "accepted": accepted, "answers": answers}


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


class ContactAddressForm(ModelForm):
    """A shared mailbox of a municipality."""

    class Meta:
        model = ContactAddress
        fields = ("label", "email", "language")
        widgets = {
            "label": forms.TextInput({"autocomplete": "off"}),
            "email": forms.EmailInput({"autocomplete": "off"}),
        }
        field_classes = {"email": EmailField}
        labels = {"language": _("Language of the letters")}
        help_texts = {"label": _("Such as registry, or secretary of the board.")}


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
