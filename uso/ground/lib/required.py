"""What a field that was left empty says: what to do, by the field's kind and label."""

from typing import Final

from django import forms
from django.utils.translation import gettext, gettext_lazy

FRAMEWORKS: Final = forms.Field.default_error_messages["required"]
# Of forms that are not ours: a library's sign-in, the administration of staff.
ELSEWHERE: Final = gettext_lazy("Fill this in.")


def replace_default() -> None:
    """Make every field of every library say what to do where it was left empty."""
    forms.Field.default_error_messages["required"] = ELSEWHERE


def say_what_to_do(field: forms.Field, label: str) -> None:
    """Name the step in the message of an empty field, unless the field has words of its own."""
    if field.required and field.error_messages.get("required") in (FRAMEWORKS, ELSEWHERE):
        field.error_messages["required"] = step(field, label)


def step(field: forms.Field, label: str) -> str:
    """Return what to do, in the language being spoken.

    Parameters
    ----------
    field
        Its kind decides the verb; a date is chosen whatever it is called.
    label
        What the page calls it. A question, or a label with a clause, is quoted.
    """
    for kinds, words in (
        ((forms.DateTimeField,), gettext("Choose the day and the time.")),
        ((forms.DateField,), gettext("Choose the day.")),
        ((forms.FileField,), gettext("Choose the file.")),
        ((forms.EmailField,), gettext("Write the e-mail address.")),
        ((forms.BooleanField,), gettext("Tick this to go on.")),
    ):
        if isinstance(field, kinds):
            return words
    if not label or isinstance(field.widget, forms.HiddenInput):
        return str(ELSEWHERE)
    if any(sign in label for sign in "?,:(“”"):
        return gettext("Fill in “%(label)s”.") % {"label": label}
    name = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return gettext("Choose: %(label)s.") % {"label": name}
    return gettext("Fill in: %(label)s.") % {"label": name}
