"""How Django's forms are drawn: a field with its words, its control and its faults.

Drawn in Python, as `marks` does: a season's package has a hundred fields, and in templates each costs
three of them. What is not in `DRAWN` (choices as buttons, files) has its template as Django gives it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from uso.ground.lib.marks import attributes, fill, icon, options

EMPTY: Final = SafeString("")


class FormRenderer(TemplatesSetting):
    """Draws what every form has in Python, and the rest by templates."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Draw what Django names by a template."""
        draw = DRAWN.get(template_name)
        return draw(context) if draw else super().render(template_name, context, request)


def _field(context: Mapping[str, Any]) -> SafeString:
    """Draw a field: its label, its hint, its faults, its control."""
    field: BoundField = context["field"]
    errors = field.errors
    below = fill("{}{}", _hint(field), errors or EMPTY)  # below the words
    if field.use_fieldset:
        drawn = _fieldset(field, below)
    elif field.widget_type == "checkbox":
        drawn = fill('<div class="option">{}{}</div>{}', field, _label(field), below)
    else:
        drawn = fill("{}{}{}", _label(field, _optional(field)), below, field)
    return fill('<div class="field{}">{}</div>', " wrong" if errors else "", drawn)


def _fieldset(field: BoundField, below: SafeString) -> SafeString:
    described = field.aria_describedby
    return fill(
        '<fieldset{}{}><legend>{}{}</legend>{}<div class="options">{}</div></fieldset>',
        fill(' aria-describedby="{}"', described) if described else "",
        SafeString(' class="wrong"' if field.errors else ""),
        field.label,
        _optional(field),
        below,
        field,
    )


def _label(field: BoundField, optional: SafeString = EMPTY) -> SafeString:
    if not field.label:
        return EMPTY
    return fill('<label for="{}">{}{}</label>', field.id_for_label, field.label, optional)


def _optional(field: BoundField) -> SafeString:
    if field.field.required or field.name in getattr(field.form, "not_called_optional", ()):
        return EMPTY
    return fill(' <span class="optional">{}</span>', gettext("(optional)"))


def _hint(field: BoundField) -> SafeString:
    if not field.help_text:
        return EMPTY
    key = fill(' id="{}_helptext"', field.auto_id) if field.auto_id else EMPTY
    return fill('<div class="hint"{}>{}</div>', key, SafeString(field.help_text))


def _errors(context: Mapping[str, Any]) -> SafeString:
    """Draw the faults of a field or of a form; nothing where there is none."""
    errors = context["errors"]
    if not errors:
        return EMPTY
    key = fill(' id="{}_error"', errors.field_id) if errors.field_id else EMPTY
    lines = (
        fill(
            '<p class="error">{}<span><span class="visually-hidden">{} </span>{}</span></p>',
            icon("alert"),
            gettext("Error:"),
            error,
        )
        for error in errors
    )
    return fill('<div class="errors"{}>{}</div>', key, SafeString("".join(lines)))


def _input(context: Mapping[str, Any]) -> SafeString:
    widget = context["widget"]
    value = EMPTY if widget["value"] is None else fill(' value="{}"', widget["value"])
    return fill(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        value,
        control_attributes(widget["attrs"]),
    )


def _textarea(context: Mapping[str, Any]) -> SafeString:
    widget = context["widget"]
    return fill(
        '<textarea name="{}"{}>\n{}</textarea>',
        widget["name"],
        control_attributes(widget["attrs"]),
        widget["value"] or "",
    )


def _select(context: Mapping[str, Any]) -> SafeString:
    widget = context["widget"]
    return fill(
        '<select name="{}"{}>{}</select>',
        widget["name"],
        control_attributes(widget["attrs"]),
        options(widget["optgroups"]),
    )


def abreast(fields: Sequence[BoundField]) -> SafeString:
    """Draw fields that stand beside each other where there is room."""
    drawn = SafeString("".join(field.as_field_group() for field in fields))
    return fill('<div class="abreast n{}">{}</div>', len(fields), drawn)


def control_attributes(given: Mapping[str, Any]) -> SafeString:
    """Draw a control's attributes; a code sent, or shown by an app, is digits, and its page waits for it."""
    drawn = attributes(given)
    if given.get("autocomplete") != "one-time-code":
        return drawn
    return SafeString(f'{drawn} inputmode="numeric" autofocus')


INPUTS: Final = ("checkbox", "date", "datetime", "email", "hidden", "number", "password", "text", "time", "url")  # fmt: skip
DRAWN: Final[Mapping[str, Callable[[Mapping[str, Any]], SafeString]]] = {
    "django/forms/field.html": _field,
    "django/forms/errors/list/default.html": _errors,
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    **{f"django/forms/widgets/{kind}.html": _input for kind in INPUTS},
}
