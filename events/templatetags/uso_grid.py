"""The choice in a cell of the registration grid.

Drawn in Python: thirty people by fourteen events are over a thousand radio buttons.
"""

from django import template
from django.utils.safestring import SafeString

from events.queries import GridCell, Option
from uso.ground.lib.marks import fill

register = template.Library()

GROUP = '<div class="pick" role="radiogroup" aria-label="{}" id="c-{}"{}>{}</div>'
CHOICE = '<label{}><input type="radio" name="r-{}" value="{}"{}>{}</label>'
NOT_COMING = '<span aria-hidden="true">–</span><span class="visually-hidden">{}</span>'


@register.simple_tag
def choices(cell: GridCell) -> SafeString:
    """Draw not coming, on site and remotely as radio buttons; a refusal below describes them."""
    why = fill(' aria-describedby="w-{}"', cell.key) if cell.refused else ""
    drawn = "".join(fill(CHOICE, *_choice(cell.key, each)) for each in cell.options)
    return fill(GROUP, cell.label, cell.key, why, SafeString(drawn))


def _choice(key: str, option: Option) -> tuple[str, str, str, str, str]:
    nobody = option.value == "none"
    look = SafeString(' class="none"' if nobody else "")
    words = fill(NOT_COMING, option.label) if nobody else option.label
    return look, key, option.value, _marks(option), words


def _marks(option: Option) -> SafeString:
    """Return the bare attributes: chosen now, as it is stored, not to be had."""
    marks = (
        (" checked", option.checked),
        (" data-stored", option.stored),
        (" disabled", option.disabled),
    )
    return SafeString("".join(mark for mark, holds in marks if holds))
