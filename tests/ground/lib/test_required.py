"""A field left empty says what to do, in every form and language."""

from copy import deepcopy

import pytest
from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from django import forms
from django.utils.translation import override

from tests.ground.lib.test_characters import every_form
from uso.ground.lib.fields import DayField, EmailField, Form, MomentField
from uso.ground.lib.required import say_what_to_do, step

FRAMEWORK = ("This field is required.", "Tämä kenttä vaaditaan.", "Detta fält måste fyllas i.")
OF_LIBRARIES = (
    account_forms.LoginForm,
    account_forms.ReauthenticateForm,
    account_forms.ConfirmLoginCodeForm,
    account_forms.ConfirmPasswordResetCodeForm,
    account_forms.ConfirmEmailVerificationCodeForm,
    account_forms.ChangePasswordForm,
    account_forms.SetPasswordForm,
    account_forms.ResetPasswordKeyForm,
    account_forms.AddEmailForm,
    mfa_forms.BaseAuthenticateForm,
)


class Asked(Form):
    last_name = forms.CharField(label="Sukunimi")
    evp = forms.CharField(label="EVP-indeksi")
    why = forms.CharField(label="Mitä toivotte ja kenelle?")
    group = forms.ChoiceField(label="Ryhmä", choices=[("a", "A")])
    held_on = DayField(label="Pitopäivä")
    starts_at = MomentField(label="Alkaa")
    email = EmailField(label="Sähköposti")
    file = forms.FileField(label="Tiedosto")
    sure = forms.BooleanField(label="Olen varma")
    own = forms.CharField(label="Oma", error_messages={"required": "Omat sanat."})
    hidden = forms.CharField(widget=forms.HiddenInput)


def test_empty_field_names_the_step():
    with override("fi"):
        said = {name: errors[0] for name, errors in Asked({}).errors.items()}

    assert said == {
        "last_name": "Kirjoita sukunimi.",
        "evp": "Kirjoita EVP-indeksi.",
        "why": "Täytä kohta ”Mitä toivotte ja kenelle?”.",
        "group": "Valitse ryhmä.",
        "held_on": "Valitse päivä.",
        "starts_at": "Valitse päivä ja kellonaika.",
        "email": "Kirjoita sähköpostiosoite.",
        "file": "Valitse tiedosto.",
        "sure": "Merkitse tämä kohta, niin pääset eteenpäin.",
        "own": "Omat sanat.",
        "hidden": "Täytä tämä kohta.",
    }


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ("Fyll i efternamn.", "Välj grupp.", "Välj dag.")),
        ("en", ("Fill in: last name.", "Choose: group.", "Choose the day.")),
    ],
)
def test_step_is_named_in_each_language(language, words):
    last_name, group = ("Efternamn", "Grupp") if language == "sv" else ("Last name", "Group")
    with override(language):
        said = (
            step(forms.CharField(), last_name),
            step(forms.ChoiceField(), group),
            step(DayField(), ""),
        )

    assert said == words


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_field_of_any_form_says_what_the_framework_says(language):
    required = [
        (one.__name__, name, deepcopy(field))  # forms share theirs with every test
        for one in (*every_form(), *OF_LIBRARIES)
        for name, field in one.base_fields.items()
        if field.required
    ]

    assert len(required) > 40
    with override(language):
        for _form, name, field in required:
            say_what_to_do(field, str(field.label or name))
        said = {
            (form, name): str(field.error_messages["required"]) for form, name, field in required
        }
    assert {key for key, words in said.items() if words in FRAMEWORK} == set()
