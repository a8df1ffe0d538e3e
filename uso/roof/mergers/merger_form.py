"""Which municipalities are merged, into which one and when."""

from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality
from uso.ground.lib.fields import Form
from uso.ground.lib.order import finnish
from uso.roof.mergers.plans import FIRST_YEAR, MergerPlan, MergerRefused, NewMunicipality

FORMERS: Final = ("former", "second", "third")
NEW_FIELDS: Final = ("code", "name_fi", "name_sv", "genitive_fi")


class MergerForm(Form):
    """A merger of up to three municipalities into one that is there, or a wholly new one."""

    former = forms.ChoiceField(label=_("Merged"))
    second = forms.ChoiceField(label=_("Merged, second"), required=False)
    third = forms.ChoiceField(label=_("Merged, third"), required=False)
    into = forms.ChoiceField(
        label=_("Into"),
        required=False,
        help_text=_("Leave this empty for a wholly new municipality, and name it below."),
    )
    year = forms.IntegerField(
        label=_("Takes effect on 1 January of"), help_text=_("Mergers take effect on 1 January.")
    )
    code = forms.RegexField(
        r"[0-9]{3}",
        label=_("Code of the new municipality"),
        required=False,
        error_messages={"invalid": _("Write the code in three digits, such as 988.")},
    )
    name_fi = forms.CharField(label=_("Its name in Finnish"), max_length=60, required=False)
    name_sv = forms.CharField(label=_("Its name in Swedish"), max_length=60, required=False)
    genitive_fi = forms.CharField(
        label=_("Its genitive in Finnish"),
        max_length=60,
        required=False,
        help_text=_("As in “Kannuksen”."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = sorted(Municipality.objects.all(), key=lambda one: finnish(one.name))
        self._by_key = {str(row.pk): row for row in rows}
        choices = [(key, row.name) for key, row in self._by_key.items()]
        for name in (*FORMERS, "into"):
            field = self.fields[name]
            self.fields[name] = forms.ChoiceField(
                label=field.label,
                required=field.required,
                help_text=field.help_text,
                choices=[("", _("Choose") if field.required else _("Not chosen")), *choices],
            )
        self.initial.setdefault("year", max(FIRST_YEAR, timezone.localdate().year))

    def clean(self) -> dict[str, Any]:
        """Make the plan, and refuse one that can never be done."""
        data = super().clean() or {}
        if self.errors:
            return data
        keys = list(dict.fromkeys(filter(None, (data[name] for name in FORMERS))))
        into: Municipality | NewMunicipality
        if data["into"]:
            into = self._by_key[data["into"]]
        else:
            missing = [name for name in NEW_FIELDS if name != "name_sv" and not data[name]]
            for name in missing:
                self.add_error(name, _("A wholly new municipality needs this."))
            if missing:
                return data
            into = NewMunicipality(
                data["code"],
                data["name_fi"],
                data["name_sv"] or data["name_fi"],
                data["genitive_fi"],
            )
        plan = MergerPlan([self._by_key[key] for key in keys], into, data["year"])
        try:
            plan.require_possible()
        except MergerRefused as refusal:
            field = "former" if refusal.field == "formers" else refusal.field
            self.add_error(field, refusal.message)
        data["plan"] = plan
        return data

    def clean_year(self) -> int:
        """Refuse years that nobody plans for."""
        year: int = self.cleaned_data["year"]
        latest = timezone.localdate().year + 3
        if year > latest:
            raise forms.ValidationError(
                _("Choose a year up to %(year)s."), params={"year": str(latest)}
            )
        return year
