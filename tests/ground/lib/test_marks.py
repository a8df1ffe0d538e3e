"""Marks of long lists: nothing a user typed becomes HTML, and the words say what a colour says."""

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import override

from uso.ground.lib import marks
from uso.ground.lib.tables import Choice

HOSTILE = "<script>x</script>"


def test_marks_escape_what_they_are_given():
    drawn = [
        marks.tag("good", HOSTILE),
        marks.link("/?a=1&b=2", HOSTILE),
        marks.quiet(HOSTILE),
        marks.amber(HOSTILE),
        marks.nowrap(HOSTILE),
        marks.with_notes(HOSTILE, [HOSTILE]),
        marks.attributes({"title": HOSTILE}),
        marks.options([(HOSTILE, [{"value": HOSTILE, "label": HOSTILE, "attrs": {}}], 0)]),
        marks.quiet(lazystr(HOSTILE)),
        marks.todo(HOSTILE, age=HOSTILE, href=HOSTILE, action=HOSTILE),
        marks.filter_choices([Choice(HOSTILE, current=True, key=HOSTILE)]),
    ]

    assert not any("<script" in mark for mark in drawn)
    assert 'href="/?a=1&amp;b=2"' in drawn[1]


def test_tag_has_the_icon_of_its_kind_unless_another_is_named():
    assert "#check" in marks.tag("good", "Mukana")
    assert "#minus" in marks.tag("", "Kutsuttu")
    assert "#file" in marks.tag("strong", "Luonnos", "file")


def test_dots_say_in_words_what_they_draw():
    drawn = marks.dots(["done", "agreed", "free", "free"])

    assert 'aria-label="1 pidetty, 1 sovittu, 2 käyttämättä"' in drawn
    assert drawn.count("<svg") == 4
    assert drawn.count("<path") == 1


def test_notes_that_are_empty_leave_no_line():
    assert marks.with_notes("9 000", ["", "arvio"]) == '9 000<small class="">arvio</small>'


def test_marks_within_marks_stay_what_they_are():
    assert "<b>" not in marks.with_notes("<b>", [])
    assert marks.with_notes(marks.quiet("–"), []) == '<span class="quiet">–</span>'


def test_line_drawn_before_as_html_is_escaped_when_typed():
    mark = marks.quiet("sama")
    drawn, typed = marks.with_notes("", [mark]), marks.with_notes("", [str.__str__(mark)])

    assert '<span class="quiet">sama</span>' in drawn
    assert "<span" not in typed


def test_attribute_that_is_true_is_its_name_and_one_that_is_false_is_left_out():
    drawn = marks.attributes({"rows": 3, "required": True, "disabled": False, "min": 0})

    assert drawn == ' rows="3" required min="0"'


def test_choice_draws_its_groups_and_what_is_chosen():
    field = forms.ChoiceField(choices=[("", "–"), ("Ryhmä", [(1, "A & B"), (2, "C")])])

    drawn = field.widget.render("choice", 2, {"id": "id_choice"})

    assert drawn == (
        '<select name="choice" id="id_choice"><option value="">–</option>'
        '<optgroup label="Ryhmä"><option value="1">A &amp; B</option>'
        '<option value="2" selected>C</option></optgroup></select>'
    )


def test_thing_that_waits_has_a_press_where_it_leads_somewhere():
    late = marks.todo("Vastaa", age="2 pv", late=True, href="/x/", action="Avaa")
    told = marks.todo("Odottaa", age="tänään")

    assert '<span class="age late">2 pv</span><a class="button plain small" href="/x/">Avaa' in late
    assert told.endswith('<span class="age">tänään</span></li>')


def test_one_choice_of_a_filter_is_selected():
    drawn = marks.filter_choices([Choice("Kaikki", current=False), Choice("A & B", True, key="a")])

    assert drawn == (
        '<option value="">Kaikki</option><option value="a" selected>A &amp; B</option>'
    )


def test_dots_speak_the_language_of_their_reader():
    with override("sv"):
        swedish = marks.dots(["done", "free"])

    assert 'aria-label="1 pidetty, 1 käyttämättä"' in marks.dots(["done", "free"])
    assert 'aria-label="1 pidetty' not in swedish
