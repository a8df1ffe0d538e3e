"""A text of which nothing is seen is empty, whatever signs it is made of."""

import pytest
from django.core.exceptions import ValidationError

from uso.ground.lib.characters import is_seen
from uso.ground.lib.fields import TextField, no_controls, one_line

INVISIBLE = [
    "", " \t\n", "\xa0", "\u2009\u3000", "\u2028\u2029", "\u200b", "\u200c\u200d", "\u2060",
    "\ufeff", "\xad", "\u200e\u200f", "\u034f\u180e", "\ufe0f", "\u2800", "\u3164\uffa0", "\u115f",
    "\U000e0001",
]  # fmt: skip


@pytest.mark.parametrize("text", INVISIBLE)
def test_text_of_invisible_signs_is_not_seen(text):
    assert not is_seen(text)


@pytest.mark.parametrize("text", ["a", "Ä", "7", "–", "…", "€", "\u200b.", "👍🏽", "中"])
def test_text_with_a_visible_sign_is_seen(text):
    assert is_seen(text)


@pytest.mark.parametrize("refuse", [one_line, no_controls])
@pytest.mark.parametrize("text", ["\u200b", "\u3164", "nimi\u202e"])
def test_names_and_texts_want_something_to_be_seen(refuse, text):
    with pytest.raises(ValidationError):
        refuse(text)


@pytest.mark.parametrize(
    ("typed", "text"), [("\u200b \xa0", ""), (None, ""), ("  Yksi\nKaksi ", "Yksi\nKaksi")]
)
def test_text_of_which_nothing_is_seen_is_empty(typed, text):
    field = TextField(language="sv", rows=4, required=False)

    assert field.clean(typed) == text
    assert field.widget.attrs == {"cols": "40", "rows": 4, "lang": "sv"}


@pytest.mark.parametrize("text", ["Yksi\x00", "Yksi\x0bKaksi", "\x7fx", "x\u2066"])
def test_text_with_what_no_document_holds_is_refused(text):
    with pytest.raises(ValidationError):
        TextField(language="fi", rows=4).clean(text)


@pytest.mark.parametrize("text", ["Åsa", "Mc\u200bX", "soft\xadhyphen"])
def test_invisible_signs_within_a_text_stay(text):
    assert (one_line(text), no_controls(text)) == (None, None), "a refusal would be an error"
