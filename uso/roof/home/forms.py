"""What is asked before something ends or passes on."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from municipalities.models import User
from uso.ground.lib.fields import DayField, EmailField, Form
from uso.roof.home.queries.after_elections import WhoMayLeave


class EndRoleForm(Form):
    """The second word before a role ends, where there is something to think of."""

    def __init__(self, *args: Any, warning: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if warning or self.is_bound:  # the warning may come while it is sent
            self.fields["sure"] = forms.BooleanField(
                label=_("End the role all the same"), required=False
            )


class HandOverForm(Form):
    """Who takes a role over: somebody with an account in the same place, or somebody new."""

    #: Of these the choice, or name and address of somebody new, are an answer.
    not_called_optional: ClassVar = ("successor", "email")

    successor = forms.ChoiceField(label=_("Who takes over"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name of a new person"), max_length=120, required=False)
    email = EmailField(
        label=_("E-mail of a new person"),
        required=False,
    )

    def __init__(self, *args: Any, candidates: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {str(user.pk): user for user in candidates}
        self.fields["successor"].choices = [
            *((pk, f"{user.name}, {user.email}") for pk, user in self.candidates.items()),
            ("", _("Somebody new")),
        ]
        self.fields["successor"].required = False

    def clean(self) -> dict[str, Any]:
        """Return name and address of the successor; want the address of somebody new."""
        typed = super().clean() or self.cleaned_data
        user = self.candidates.get(typed.pop("successor", ""))
        if user:
            return {"name": user.name, "email": user.email}
        if not typed.get("email") and "email" not in self.errors:
            self.add_error("email", _("Choose somebody, or give the address of a new person."))
        return typed


class RoleEndForm(Form):
    """From which day on a role is no longer in force."""

    ends_on = DayField(
        label=_("Ends"),
        required=False,
        help_text=_("From this day on the role is no longer in force. Empty: it goes on."),
    )


class AfterElectionsForm(Form):
    """Who continues and who leaves; of everybody else nothing can be chosen."""

    STAYS, LEAVES = "stays", "leaves"

    def __init__(self, *args: Any, there: WhoMayLeave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there = there
        choices = [(self.STAYS, _("continues")), (self.LEAVES, _("leaves"))]
        for key in there.keys:
            self.fields[key] = forms.ChoiceField(
                choices=choices, initial=self.STAYS, required=False, widget=forms.RadioSelect
            )

    @property
    def leaving(self) -> WhoMayLeave:
        """Who was chosen to leave, as far as it was sent."""
        return self.there.of(
            key for key in self.fields if self.is_bound and self[key].value() == self.LEAVES
        )

    def clean(self) -> dict[str, Any]:
        """Turn the choices into those who leave; somebody has to."""
        if not self.leaving:
            raise forms.ValidationError(_("Nobody was chosen: choose who leaves."))
        return {
            "people": [each.person for each in self.leaving.officials],
            "memberships": [each.membership for each in self.leaving.leaders],
        }

    def hide(self) -> None:
        """Carry the choices unseen while the question is asked."""
        for field in self.fields.values():
            field.widget = forms.HiddenInput()
