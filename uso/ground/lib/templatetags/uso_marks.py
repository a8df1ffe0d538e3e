"""The marks of `uso.ground.lib.marks` as template tags."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from uso.ground.lib import marks
from uso.ground.lib.drawn import FIELD

register = template.Library()
register.simple_tag(marks.icon, name="icon")
register.simple_tag(marks.tag, name="tag")
register.simple_tag(marks.dots, name="dots")
register.simple_tag(marks.made_up, name="made_up")


@register.simple_tag
def drawn_field(given: Any) -> SafeString | str:
    """Draw the hidden field of what a form, or a press, is drawn for; nothing where it is for nothing."""
    text = given if isinstance(given, str) else getattr(given, "drawn", "")
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, text) if text else ""
