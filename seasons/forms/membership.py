"""What coordinators write of a municipality's way into a season."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.enums import MUNICIPALITY_ROLES, Role
from municipalities.models import Municipality, User
from municipalities.queries import coordinators
from seasons.days import decision_days, step_days
from seasons.enums import BEFORE_THE_DECISION, FUNNEL, ExitReason
from seasons.models import Participation, Season
from seasons.queries import addable_municipalities
from uso.ground.lib.days import AsksAboutDays
from uso.ground.lib.fields import DayField, DayInput, EmailField, Form, ModelForm
from uso.ground.lib.rows import RowForm, RowsForm
from uso.ground.lib.uploads import PdfField, SaysFilesAreLost


class AddMunicipalityForm(Form):
    def __init__(self, *args: Any, season: Season, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = {str(row.pk): row for row in addable_municipalities(season)}
        self.fields["municipality"] = forms.ChoiceField(
            label=_("Municipality"),
            help_text=_("Those on the list already are not offered."),
            choices=[
                ("", _("Choose the municipality")),
                *((pk, row.name) for pk, row in self.left.items()),
            ],
        )

    def clean_municipality(self) -> Municipality:
        return self.left[self.cleaned_data["municipality"]]


class StageForm(Form):
    state = forms.ChoiceField(
        label=_("Stage"),
        choices=[(state.value, state.label) for state in FUNNEL if state in BEFORE_THE_DECISION],
    )
    state_on = DayField(label=_("Since"), initial=timezone.localdate)

    def __init__(self, *args: Any, season: Season, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decision_days(season, today=timezone.localdate()).limit(self.fields["state_on"])


class NextStepForm(Form):
    """What is done next, by when, and who is in charge of the municipality."""

    next_step = forms.CharField(
        label=_("Next step"),
        max_length=200,
        required=False,
        help_text=_("Empty, when nothing is to be done."),
    )
    next_step_on = DayField(label=_("By"), required=False)

    def __init__(self, *args: Any, participation: Participation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = step_days(participation.season, today=timezone.localdate())
        days.limit(self.fields["next_step_on"])
        self.people = {str(user.pk): user for user in coordinators()}
        if participation.owner:  # may have left the network since
            self.people.setdefault(str(participation.owner_id), participation.owner)
        names = [(pk, user.name) for pk, user in self.people.items()]
        self.fields["owner"] = forms.ChoiceField(
            label=_("Coordinator in charge"),
            required=False,
            choices=[("", _("Nobody")), *names],
        )

    def clean_owner(self) -> User | None:
        return self.people.get(self.cleaned_data["owner"])


class ExitForm(Form):
    """Why a municipality does not take part, or no longer."""

    exit_reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose the reason")), *ExitReason.choices],
        help_text=_("Counted over the municipalities, to see why some do not join or leave."),
    )
    exit_note = forms.CharField(
        label=_("In their own words"),
        max_length=300,
        required=False,
        help_text=_("For example what the board decided, and when it may be asked again."),
    )
    state_on = DayField(label=_("Day"), help_text=_("When they decided or answered so."))

    def __init__(self, *args: Any, season: Season, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = decision_days(season, today=timezone.localdate())
        days.limit(self.fields["state_on"])
        self.fields["state_on"].initial = days.last

    def clean(self) -> dict[str, Any]:
        """Require words where none of the reasons fits."""
        typed = super().clean() or self.cleaned_data
        if typed.get("exit_reason") == ExitReason.OTHER and not typed.get("exit_note"):
            self.add_error("exit_note", _("Write the reason in a few words."))
        return typed


# Numbers of cases as registries write them: 195/00.01.03/2024, KAN/12/00.01/2024, HEL 2024-012345.
DIARY_SIGNS = re.compile(r"[\w /.:–-]*\d[\w /.:–-]*")
DIARY_YEAR = re.compile(r"(?:^|\D)((?:19|20|21)\d\d)$")
SECTION = re.compile(r"[1-9]\d{0,3}( ?[a-zåäö])?", re.IGNORECASE)


class DecisionForm(SaysFilesAreLost, AsksAboutDays, ModelForm):
    """The board's decision; kept whole for the archive and the invoice."""

    document = PdfField(
        label=_("Decision as a PDF"),
        required=False,
        help_text=_(
            "An extract of the minutes, 10 MB at most. The municipality's people and the coordinators read it. A new one takes the place of the one before."
        ),
    )

    asked_days = ("decided_on",)

    class Meta:
        model = Participation
        fields: ClassVar = [
            "decided_by_fi",
            "decided_on",
            "decision_section",
            "diary_number",
            "contact_fi",
            "on_site_fi",
        ]
        labels: ClassVar = {
            "decided_by_fi": _("Deciding body"),
            "decided_on": _("Date of the decision"),
            "decision_section": _("Section"),
            "diary_number": _("Diary number"),
            "contact_fi": _("Contact person named in the decision"),
            "on_site_fi": _("Who may attend on site"),
        }
        help_texts: ClassVar = {
            "decided_by_fi": _("In Finnish, as in the minutes: Kaupunginhallitus, Kunnanhallitus."),
            "decision_section": _("Only the number: 140."),
            "diary_number": _("As in the decision: 195/00.01.03/2024."),
            "contact_fi": _("The position is enough, such as kaupunginjohtaja."),
            "on_site_fi": _("As in the decision, if it says so."),
        }
        widgets: ClassVar = {"decided_on": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_by_fi"].required = True
        self.fields["decided_on"].required = True
        days = decision_days(self.instance.season, today=timezone.localdate())
        days.limit(self.fields["decided_on"])

    def clean_decision_section(self) -> str:
        section = str(self.cleaned_data["decision_section"]).replace("§", "").strip()
        if section and not SECTION.fullmatch(section):
            raise forms.ValidationError(_("Write the number of the section alone, such as 140."))
        return section

    def clean_diary_number(self) -> str:
        number = str(self.cleaned_data["diary_number"])
        if number and not DIARY_SIGNS.fullmatch(number):
            raise forms.ValidationError(
                _("Write the number as it stands in the decision, such as 195/00.01.03/2024.")
            )
        return number

    def clean(self) -> dict[str, Any] | None:
        """Compare the diary number's year with the day: a matter is opened before it is decided."""
        given = super().clean() or self.cleaned_data
        year = DIARY_YEAR.search(given.get("diary_number") or "")
        decided_on = given.get("decided_on")
        if year and decided_on and int(year[1]) > decided_on.year:
            self.add_error(
                "diary_number",
                _("The diary number is of %(year)s, after the decision: mend one of the two.")
                % {"year": year[1]},
            )
        return given


class NamedPersonForm(RowForm, Form):
    """Somebody whom the decision names."""

    layout = (("name", "email", "role"),)
    name = forms.CharField(label=_("Name"), max_length=120)
    email = EmailField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in Role if role in MUNICIPALITY_ROLES],
        initial=Role.CONTACT,
    )

    def has_changed(self) -> bool:
        """Whether somebody is written here: a role alone is nobody's."""
        return any(self[name].value() for name in ("name", "email"))


class ConfirmForm(RowsForm):
    """Whom the decision names: they get the role with the confirmation."""

    row_form = NamedPersonForm
    row_name = _("Person")
    add_row = _("Add a person")
    is_ordered = False

    def check_rows(self, rows: Sequence[Any]) -> None:
        """Refuse the same role twice for one address."""
        seen = set()
        for row in rows:
            key = row.cleaned_data.get("email"), row.cleaned_data.get("role")
            if key in seen:
                row.add_error("email", _("This address has this role on a row above."))
            seen.add(key)

    def clean(self) -> dict[str, Any]:
        """Return the people of the rows that are filled in."""
        super().clean()
        if self.errors:
            return {}
        return {
            "people": [{n: row[n] for n in ("name", "email", "role")} for row in self.answer.rows]
        }


class CorrectionForm(DecisionForm):
    """A typing error in a confirmed decision, with the reason of its correction."""

    reason = forms.CharField(
        label=_("Reason of the correction"),
        max_length=200,
        help_text=_("For example: the section was mistyped. The history keeps both."),
    )
