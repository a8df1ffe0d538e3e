"""The marks of `uso.lib.marks` as template tags."""

from django import template

from uso.lib import marks

register = template.Library()
register.simple_tag(marks.icon, name="icon")
register.simple_tag(marks.tag, name="tag")
register.simple_tag(marks.dots, name="dots")
