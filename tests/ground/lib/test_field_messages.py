"""A value that cannot be is answered with the step that mends it, by every kind of field in each language."""

import re
from decimal import Decimal

import pytest
from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.forms.models import InlineForeignKeyField
from django.utils.translation import override

from tests.ground.lib.test_characters import every_form
from uso.ground.lib.fields import DASHES, DayField, EmailField, EurosField, Form, MomentField

#: How the framework's own messages begin or end, in its three languages.
FRAMEWORKS = re.compile(
    r"^(Enter |Select |Ensure |Upload |This field|Value |Null char|No file|The submitted)"
    r"|^(Syötä|Valitse oikea|Tämän |Tiedostoa ei|Yhtään|Lähetetty|Varmista|Tyhjiä|Kuva ei|Voit joko)"
    r"|^(Fyll i (ett|en|korrekt)|Ange |Välj ett giltigt|Värdet|Detta |Kontrollera|Inget filnamn)"
    r"|is not (a|one) |ei kelpaa|ei ole kelvollinen|giltig|kelvollinen|already exists|on jo olemassa|finns redan"
)
LANGUAGES = ("fi", "sv", "en")


def below(kind):
    for one in kind.__subclasses__():
        yield one
        yield from below(one)


def messages_of_kinds():
    """Yield where each default message is, and the message."""
    for kind in (forms.Field, *below(forms.Field)):
        if kind is InlineForeignKeyField:  # of forms with rows in rows: the project has none
            continue
        if kind.__module__.startswith(("django.forms", "uso.")):
            for key, message in getattr(kind, "default_error_messages", {}).items():
                yield f"{kind.__name__} {key}", message
    for kind in (validators.BaseValidator, *below(validators.BaseValidator)):
        if kind.__module__.startswith("django.core"):
            yield kind.__name__, kind.message
    for name in ("RegexValidator", "URLValidator", "EmailValidator", "DomainNameValidator",
                 "FileExtensionValidator", "ProhibitNullCharactersValidator",
                 "validate_slug", "validate_unicode_slug", "validate_email"):  # fmt: skip
        yield name, getattr(validators, name).message
    yield from validators.DecimalValidator.messages.items()
    yield from models.Field.default_error_messages.items()


def in_words(message):
    """Write a message as a page would, one of many where it counts."""
    try:
        return str(message)
    except (KeyError, TypeError):
        return ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_kind_of_field_says_what_the_framework_says(language):
    with override(language):
        said = {where: str(in_words(message)) for where, message in messages_of_kinds()}

    assert len(said) > 50
    assert {where: words for where, words in said.items() if FRAMEWORKS.search(words)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_field_of_any_form_says_what_the_framework_says(language):
    with override(language):
        said = {
            (one.__name__, name, key): in_words(message)
            for one in every_form()
            for name, field in one.base_fields.items()
            for key, message in field.error_messages.items()
        }

    assert len(said) > 50
    assert {where: words for where, words in said.items() if FRAMEWORKS.search(words)} == {}


class Typed(Form):
    day = DayField()
    moment = MomentField()
    email = EmailField()
    url = forms.URLField(assume_scheme="https")
    group = forms.ChoiceField(choices=[("a", "A")])
    groups = forms.MultipleChoiceField(choices=[("a", "A")])
    least = forms.IntegerField(min_value=3)
    most = forms.IntegerField(max_value=3)
    whole = forms.IntegerField()
    sum = EurosField()
    cents = EurosField()
    short = forms.CharField(max_length=3)
    long = forms.CharField(min_length=3)
    empty = forms.FileField()
    kind = forms.FileField(validators=[validators.FileExtensionValidator(["csv"])])


WRONG = {
    "day": "31.2.2026",
    "moment": "huomenna",
    "email": "kirjaamo@",
    "url": "kunta",
    "group": "b",
    "groups": ["a", "b"],
    "least": "2",
    "most": "4",
    "whole": "viisi",
    "sum": "paljon",
    "cents": "1,234",
    "short": "neljä",
    "long": "ab",
}


def said_of(language):
    files = {"empty": SimpleUploadedFile("a.csv", b""), "kind": SimpleUploadedFile("a.txt", b"1")}
    with override(language):
        return {name: errors[0] for name, errors in Typed(WRONG, files).errors.items()}


def test_each_wrong_value_names_its_mend():
    assert said_of("fi") == {
        "day": "Valitse päivä, joka on kalenterissa.",
        "moment": "Valitse päivä, joka on kalenterissa, ja kellonaika, esimerkiksi 9.30.",
        "email": "Kirjoita sähköpostiosoite, esimerkiksi nimi@esimerkki.fi.",
        "url": "Kirjoita sivun koko osoite, esimerkiksi https://www.esimerkki.fi.",
        "group": "Valitse jokin luettelon vaihtoehdoista.",
        "groups": "Valitse vain luettelon vaihtoehtoja.",
        "least": "Kirjoita luku, joka on vähintään 3.",
        "most": "Kirjoita luku, joka on enintään 3.",
        "whole": "Kirjoita kokonaisluku numeroin, esimerkiksi 12.",
        "sum": "Kirjoita luku numeroin, esimerkiksi 12,5.",
        "cents": "Kirjoita summa euroina ja sentteinä, esimerkiksi 9 000,50.",
        "short": "Lyhennä: tähän mahtuu 3 merkkiä, nyt merkkejä on 5.",
        "long": "Kirjoita vähintään 3 merkkiä, nyt merkkejä on 2.",
        "empty": "Valitse toinen tiedosto: tämä on tyhjä.",
        "kind": "Valitse tiedosto, jonka pääte on csv.",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_to_a_wrong_value_is_the_frameworks(language):
    said = said_of(language)

    assert said.keys() == Typed.base_fields.keys()
    assert [words for words in said.values() if FRAMEWORKS.search(words)] == []


def test_constraint_of_decimals_names_its_mend():
    digits = forms.DecimalField(max_digits=3, decimal_places=1)

    with pytest.raises(ValidationError) as refused:
        digits.clean(Decimal("1234.5"))

    with override("sv"):
        assert refused.value.messages == ["Skriv högst 3 siffror."]


# -- Choices that are empty --------------------------------------------------------------------------


class Chosen(Form):
    kind = forms.TypedChoiceField(choices=[("", DASHES), ("a", "A")])
    phase = forms.ChoiceField(choices=[("", DASHES), ("a", "A")], required=False)
    own = forms.ChoiceField(choices=[("", "Ei mitään"), ("a", "A")], required=False)


def test_empty_choice_is_said_in_words():
    with override("fi"):
        first = {name: str(field.choices[0][1]) for name, field in Chosen().fields.items()}

    assert first == {"kind": "Valitse", "phase": "Ei valittu", "own": "Ei mitään"}
    assert str(Chosen.base_fields["kind"].choices[0][1]) == DASHES
