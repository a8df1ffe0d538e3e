"""Every form takes typed texts in one form: composed letters, nothing that is not seen, no twins by blanks."""

import importlib
import pkgutil

import pytest
from django import forms
from django.http import QueryDict

import uso.ground.lib.fields as fields_module
from uso.ground.lib.characters import clean, clean_line
from uso.ground.lib.fields import CleansText, EmailField, Form, TextField, one_address

INVISIBLE = [
    "", " \t\n", "\xa0", "\u2009\u3000", "\u2028\u2029", "\u200b", "\u200c\u200d", "\u2060",
    "\ufeff", "\xad", "\u200e\u200f", "\u034f\u180e", "\ufe0f", "\u2800", "\u3164\uffa0", "\u115f",
    "\U000e0001", "\u202e\u202c", "\u2066\u2069", "\x00\x0b\x7f", "\ud800", "\ufffe\uffff",
]  # fmt: skip
APPS = ("uso", "municipalities", "seasons", "events", "workshops", "analysis", "billing")


class Typed(Form):
    name = forms.CharField(required=False)
    text = TextField(language="fi", rows=3, required=False)
    email = EmailField(required=False)
    password = forms.CharField(widget=forms.PasswordInput, required=False, strip=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)


def typed(**data):
    sent = QueryDict(mutable=True)
    sent.update(data)
    form = Typed(sent)
    assert form.is_valid(), form.errors
    return form


@pytest.mark.parametrize("text", INVISIBLE)
def test_text_of_which_nothing_is_seen_is_empty(text):
    form = typed(name=text, text=text)

    assert (form.cleaned_data["name"], form.cleaned_data["text"]) == ("", "")


@pytest.mark.parametrize("text", ["a", "Ä", "7", "–", "…", "€", "👍🏽", "中", "Šiškin", "Ísland"])
def test_text_that_is_seen_stays(text):
    assert clean(text) == clean_line(text) == text


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("Ja\u0308msa\u0308", "Jämsä"),
        ("Ja\u200b\u0308msa\xad\u0308", "Jämsä"),
        (" Matti\xa0 Meik\u200bäläinen ", "Matti Meikäläinen"),
        ("Matti\r\nMeikäläinen", "Matti Meikäläinen"),
        ("nimi\u202egnp.exe", "nimignp.exe"),
        ("peh\xadmeä", "pehmeä"),
        ("a\x00b", "ab"),
    ],
)
def test_name_is_one_line_in_composed_letters_without_what_is_not_seen(raw, line):
    form = typed(name=raw)

    assert form.cleaned_data["name"] == line
    assert form["name"].value() == line  # and so it is shown again


def test_marks_piled_on_one_letter_go():
    text = "a" + "\u0315\u0300" * 500_000  # composing all takes hours

    assert len(clean(text)) < 40


def test_long_domain_is_no_address_and_takes_no_time():
    domain = "".join(map(chr, range(0x4E00, 0x9E00)))  # converting it takes a minute

    assert one_address(f"a@{domain}") == f"a@{domain}"


def test_text_of_lines_holds_its_lines_and_blanks():
    form = typed(text="Yksi\n  3,7\xa0%\u200b\u2028Kolme\x0b")

    assert form.cleaned_data["text"] == "Yksi\n  3,7\xa0%\nKolme"
    assert form.fields["text"].widget.attrs == {"cols": "40", "rows": 3, "lang": "fi"}


def test_password_and_hidden_mark_stay_as_they_came():
    form = typed(password=" a\u0308\u200b ", seen=" x\u200b")

    assert form.cleaned_data["password"] == " a\u0308\u200b "
    assert form.cleaned_data["seen"] == " x\u200b"


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        (" Kirjaamo@Kannus.FI ", "kirjaamo@kannus.fi"),
        ("k\u200ba@kannus.fi\u202c", "ka@kannus.fi"),
        ("a@xn--krkl-load8j.fi", "a@kärkölä.fi"),
        ("a@KÄRKÖLÄ.fi", "a@kärkölä.fi"),
        ("a@ka\u0308rko\u0308la\u0308.fi", "a@kärkölä.fi"),
    ],
)
def test_address_has_one_form(raw, stored):
    assert typed(email=raw).cleaned_data["email"] == stored


@pytest.mark.parametrize(
    "raw",
    ["a@@b", "a", "@", "a@" + "ä" * 80 + ".fi", "a@" + "ä" * 60 + ".fi", "\u017fari@kannus.fi"],
)
def test_what_is_no_address_is_refused_in_a_sentence(raw):
    form = Typed({"email": raw})

    assert form.errors["email"]


def every_form():
    """Every form that the project's own modules define."""
    for app in APPS:
        package = importlib.import_module(app)
        for module in pkgutil.walk_packages(package.__path__, f"{app}."):
            if "migrations" not in module.name and "forms" in module.name.rpartition(".")[2]:
                importlib.import_module(module.name)
    found, waiting = [], [forms.BaseForm]
    while waiting:
        for one in waiting.pop().__subclasses__():
            waiting.append(one)
            is_ours = one.__module__.partition(".")[0] in APPS and hasattr(one, "base_fields")
            if is_ours and one.__module__ != fields_module.__name__:
                found.append(one)
    return sorted(set(found), key=lambda one: (one.__module__, one.__qualname__))


def test_every_form_of_the_project_cleans_what_is_typed():
    found = every_form()

    assert len(found) > 20
    assert [one for one in found if not issubclass(one, CleansText)] == []


def test_every_texts_field_of_a_declared_form_is_cleaned():
    for one in every_form():
        for name, field in one.base_fields.items():
            cleaner = fields_module._cleaner(field)
            hidden = isinstance(field.widget, forms.HiddenInput | forms.PasswordInput)
            if isinstance(field, forms.CharField) and not hidden:
                assert cleaner is not None, (one, name)
                assert "\u200b" not in cleaner("a\u200bb"), (one, name)
