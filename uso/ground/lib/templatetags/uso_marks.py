"""The marks of `uso.ground.lib.marks` as template tags."""

import uuid
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from uso.ground.lib import marks
from uso.ground.lib.drawn import FIELD as DRAWN
from uso.ground.lib.form_renderer import abreast, control_attributes

register = template.Library()
register.simple_tag(marks.icon, name="icon")
register.simple_tag(marks.tag, name="tag")
register.simple_tag(marks.dots, name="dots")
register.simple_tag(marks.filter_choices, name="filter_choices")
register.simple_tag(marks.todo, name="todo")
register.simple_tag(marks.made_up, name="made_up")
register.simple_tag(abreast, name="abreast")
register.simple_tag(control_attributes, name="control_attributes")


@register.simple_tag
def once_field() -> SafeString:
    """Draw the key of a press, for a form of one button that starts something."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())


@register.simple_tag
def carried_fields(given: Any) -> SafeString:
    """Draw what a form carries unseen: what it, or a press, is drawn for; the key of what it makes."""
    carried = {
        DRAWN: given if isinstance(given, str) else getattr(given, "drawn", ""),
        "once": getattr(given, "once", ""),
    }
    return format_html_join(
        "",
        '<input type="hidden" name="{}" value="{}">',
        ((name, text) for name, text in carried.items() if text),
    )
