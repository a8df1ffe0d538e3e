"""The marks of `uso.ground.lib.marks` as template tags."""

from django import template

from uso.ground.lib import marks

register = template.Library()
register.simple_tag(marks.icon, name="icon")
register.simple_tag(marks.tag, name="tag")
register.simple_tag(marks.dots, name="dots")
register.simple_tag(marks.made_up, name="made_up")
