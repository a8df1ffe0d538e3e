"""What is asked before a board's paper is written: only what the municipality alone knows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from municipalities.enums import Language
from municipalities.models import Municipality
from seasons.board_paper.paper import Choices
from seasons.enums import DecidingBody
from seasons.models import Participation
from uso.ground.lib.fields import Form
from uso.ground.lib.languages import current_language

LANGUAGES = (Language.FINNISH, Language.SWEDISH)
BODIES = {
    "kaupunginhallitus": DecidingBody.CITY_BOARD,
    "kunnanhallitus": DecidingBody.MUNICIPAL_BOARD,
}


def _language(municipality: Municipality) -> Language:
    """Begin with the municipality's language; with Swedish for whoever reads in Swedish."""
    if current_language() == Language.SWEDISH:
        return Language.SWEDISH
    return municipality.main_language


class BoardPaperForm(Form):
    body = forms.ChoiceField(
        label=_("Body that decides"),
        choices=[("", _("Choose")), *DecidingBody.choices],
        required=False,
    )
    other_body = forms.CharField(
        label=_("Name of another body"),
        max_length=80,
        required=False,
        help_text=_("If another body than those on the list decides."),
    )
    contact = forms.CharField(
        label=_("Contact person"),
        max_length=120,
        required=False,
        help_text=_("Who is named in the decision: name and title, or the title alone."),
    )
    on_site = forms.CharField(
        label=_("Who may attend on site"),
        max_length=300,
        required=False,
        help_text=_(
            "For example: members of the board, the council's chairs, the management team."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language of the paper"), choices=[(each.value, each.label) for each in LANGUAGES]
    )

    def __init__(self, *args: Any, participation: Participation, **kwargs: Any) -> None:
        row = participation
        known = {
            "body": BODIES.get(row.decided_by_fi.casefold(), ""),
            "contact": row.contact_fi,
            "on_site": row.on_site_fi,
            "language": _language(row.municipality),
        }
        super().__init__(*args, initial=known, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Ask for the name of a body that is not on the list; a name given alone is taken."""
        given = super().clean() or self.cleaned_data
        if given.get("body") == DecidingBody.OTHER and not given.get("other_body"):
            self.add_error("other_body", _("Write the name of the body that decides."))
        elif given.get("other_body") and not given.get("body"):
            given["body"] = DecidingBody.OTHER
        elif given.get("other_body") and given["body"] != DecidingBody.OTHER:
            self.add_error(
                "other_body",
                _(
                    "Another body is chosen above (%(body)s): choose “%(other)s” there, or leave this empty."
                )
                % {
                    "body": DecidingBody(given["body"]).label,
                    "other": DecidingBody.OTHER.label,
                },
            )
        return given

    @property
    def answers(self) -> tuple[Choices, str]:
        """What was chosen, and the language; what our records know where nothing was sent."""
        given = dict(self.cleaned_data if self.is_bound and self.is_valid() else self.initial)
        language = given.pop("language")
        return Choices(**given), language
