"""Forms drawn in Python: what Django's templates would draw, and nothing typed becomes HTML."""

from django import forms

from uso.ground.lib.fields import Form
from uso.ground.lib.form_renderer import abreast

HOSTILE = '"><script>x</script>'


class Every(Form):
    name = forms.CharField(label="Nimi & muu", help_text="Katso <b>tästä</b>.")
    note = forms.CharField(widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(choices=[("a", HOSTILE), ("b", "Toinen")])
    agreed = forms.BooleanField(label="Sovittu", required=False)
    way = forms.ChoiceField(
        label="Tapa", choices=[("x", "Etä")], widget=forms.RadioSelect, required=False
    )
    code = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}))


def test_what_was_typed_never_becomes_html():
    drawn = str(Every({"name": HOSTILE, "note": HOSTILE, "kind": HOSTILE}))

    assert "<script" not in drawn
    assert drawn.count("&lt;script&gt;") == 3  # two controls and a choice


def test_field_has_its_label_hint_and_control():
    drawn = Every()["name"].as_field_group()

    assert drawn == (
        '<div class="field"><label for="id_name">Nimi &amp; muu</label>'
        '<div class="hint" id="id_name_helptext">Katso <b>tästä</b>.</div>'
        '<input type="text" name="name" required aria-describedby="id_name_helptext" id="id_name">'
        "</div>"
    )


def test_field_that_may_stay_empty_says_so():
    form = Every()

    assert '<span class="optional">' in form["note"].as_field_group()
    assert '<span class="optional">' not in form["kind"].as_field_group()


def test_wrong_field_shows_its_fault_where_the_control_points():
    drawn = Every({"name": ""})["name"].as_field_group()

    assert drawn.startswith('<div class="field wrong">')
    assert 'aria-describedby="id_name_helptext id_name_error"' in drawn
    assert drawn.index('<div class="errors" id="id_name_error">') < drawn.index("<input")


def test_tick_stands_before_its_words():
    drawn = Every()["agreed"].as_field_group()

    assert drawn.index("<input") < drawn.index('<label for="id_agreed">Sovittu</label>')


def test_choices_as_buttons_are_a_group_with_its_name():
    drawn = Every({"way": "y"})["way"].as_field_group()

    assert '<fieldset aria-describedby="id_way_error" class="wrong"><legend>Tapa <span' in drawn
    assert 'type="radio"' in drawn


def test_code_that_was_sent_is_digits_and_is_waited_for():
    drawn = str(Every()["code"])

    assert drawn.endswith(' inputmode="numeric" autofocus>')


def test_text_of_several_lines_keeps_an_empty_first_one():
    drawn = str(Every(initial={"note": "\nToinen"})["note"])

    assert ">\n\nToinen</textarea>" in drawn


def test_fields_abreast_are_counted():
    form = Every()

    assert abreast([form["name"], form["code"]]).startswith('<div class="abreast n2">')


def test_choices_as_buttons_that_are_right_point_at_no_fault():
    drawn = Every()["way"].as_field_group()

    assert drawn.startswith('<div class="field"><fieldset><legend>Tapa <span class="optional">')
    assert "errors" not in drawn


def test_field_without_words_has_no_label():
    form = Every()
    form.fields["name"].label = ""

    assert "<label" not in form["name"].as_field_group()


def test_fault_of_the_whole_form_stands_by_itself():
    form = Every({})
    form.add_error(None, "Väärin & pahasti")

    drawn = str(form.non_field_errors())

    assert drawn.startswith('<div class="errors"><p class="error">')
    assert drawn.endswith("Väärin &amp; pahasti</span></p></div>")
    assert str(Every().non_field_errors()) == ""


def test_control_holds_what_was_given_and_its_own_attributes():
    form = Every(initial={"name": "Kannus", "kind": "b"}, auto_id=False)

    assert str(form["name"]) == '<input type="text" name="name" value="Kannus" required>'
    assert '<option value="b" selected>Toinen</option></select>' in str(form["kind"])
    assert 'id="' not in form["name"].as_field_group()
