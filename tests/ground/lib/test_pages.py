"""What pages answer: a form saved or shown again, a press, a question before a step."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory

from uso.ground.lib import pages
from uso.ground.lib.errors import RuleViolation

SOMEBODY = object()


class NameForm(forms.Form):
    name = forms.CharField()


def ask(method="POST", **data):
    request = getattr(RequestFactory(), method.lower())("/", data)
    request.user = SOMEBODY
    request._messages = CookieStorage(request)
    return request


def said(request):
    return [(message.level_tag, message.message) for message in get_messages(request)]


def rename(*, name, by, row):
    assert by is SOMEBODY
    if name == "taken":
        raise RuleViolation("The name is taken.", field="name")
    if name == "closed":
        raise RuleViolation("It is closed.", field="elsewhere")
    return f"{row}:{name}"


def test_good_form_calls_the_action_and_says_so():
    request = ask(name="new")

    result = pages.save(request, NameForm(request.POST), rename, str.upper, row="r")

    assert (result, said(request)) == (pages.Done("r:new"), [("success", "R:NEW")])


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ("", {"name": ["Fill this in."]}),
        ("taken", {"name": ["The name is taken."]}),
        ("closed", {"__all__": ["It is closed."]}),
    ],
)
def test_refused_form_keeps_what_was_typed_and_names_the_field(in_english, typed, errors):
    request = ask(name=typed)
    form = NameForm(pages.sent(request))

    assert pages.save(request, form, rename, "Saved.", row="r") is None
    assert (form.errors, form["name"].value(), said(request)) == (errors, typed, [])


def test_action_that_returns_nothing_is_done_too():
    request = ask(name="new")

    done = pages.save(request, NameForm(request.POST), lambda *, name, by: None, "Saved.")

    assert (bool(done), said(request)) == (True, [("success", "Saved.")])


def test_form_that_was_not_sent_calls_nothing():
    request = ask("GET", name="new")

    assert pages.sent(request) is None
    assert pages.save(request, NameForm(request.GET), rename, "Saved.", row="r") is None


@pytest.mark.parametrize(
    ("name", "result", "words"),
    [
        ("new", pages.Done("r:new"), ("success", "Done.")),
        ("taken", None, ("error", "The name is taken.")),
    ],
)
def test_press_says_how_it_ended(name, result, words):
    request = ask()

    assert pages.press(request, rename, "Done.", name=name, row="r") == result
    assert said(request) == [words]


def confirm(request, name):
    return pages.confirm(
        request, "errors/plain.html", {}, rename, said="Done.", back="/back/", name=name, row="r"
    )


def test_question_is_asked_before_the_step():
    request = ask("GET")

    assert (confirm(request, "new").status_code, said(request)) == (200, [])


def test_step_is_taken_by_the_press_and_leads_back():
    request = ask()
    answer = confirm(request, "new")

    assert (answer.status_code, answer["Location"]) == (302, "/back/")
    assert said(request) == [("success", "Done.")]


def test_refused_step_is_asked_again():
    request = ask()

    assert (confirm(request, "taken").status_code, said(request)) == (422, [])


@pytest.mark.parametrize(
    ("typed", "status"), [(None, 200), ({"name": ""}, 422), ({"name": "a"}, 200)]
)
def test_page_with_a_wrong_form_is_422(typed, status):
    shown = pages.show(ask("GET"), "errors/plain.html", {}, None, NameForm(typed))

    assert shown.status_code == status
