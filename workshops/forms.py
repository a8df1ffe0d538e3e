"""What municipalities wish for, and what coordinators answer."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.forms import one_line
from seasons.models import Season, WorkshopTheme
from workshops.models import Workshop


def day_input() -> forms.DateInput:
    """Return the browser's own choice of a day."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class WishForm(forms.ModelForm):
    class Meta:
        model = Workshop
        fields: ClassVar = ["topic", "theme", "wish", "wished_time"]
        labels: ClassVar = {
            "topic": _("Topic"),
            "wish": _("What do you wish for, and for whom?"),
            "wished_time": _("When would it suit?"),
        }
        help_texts: ClassVar = {
            "topic": _("In a few words, for example: mid-term review of the strategy."),
            "wish": _(
                "An event, a seminar, a study, a survey, interviews, an evaluation or a comparison;"
                " for the council, the board, the management team, a department or residents."
            ),
            "wished_time": _("For example: autumn 2026, not weeks 42 and 43."),
        }
        widgets: ClassVar = {"wish": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, season: Season, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("topic", "wished_time"):  # they stand in subjects and lists
            self.fields[name].validators.append(one_line)
        themes = WorkshopTheme.objects.filter(season=season).order_by("position")
        self.fields["theme"] = forms.ModelChoiceField(
            themes,
            label=_("Subject offered in the season"),
            required=False,
            empty_label=str(_("Something else")),
        )
        if not themes:
            del self.fields["theme"]

    def as_wish(self) -> dict[str, Any]:
        """Return what the actions take."""
        return {
            "topic": self.cleaned_data["topic"],
            "theme": self.cleaned_data.get("theme"),
            "wish": self.cleaned_data["wish"],
            "wished_time": self.cleaned_data["wished_time"],
        }


class PlanForm(forms.Form):
    planned_on = forms.DateField(
        label=_("Day"),
        widget=day_input(),
        help_text=_("Whoever wished for the workshop gets the day by e-mail."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["planned_on"].widget.attrs["min"] = timezone.localdate().isoformat()


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=_("Question to the municipality"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("The contact person gets it by e-mail and answers by mending the wish."),
    )


class HeldForm(forms.Form):
    held_on = forms.DateField(label=_("Day it was held"), widget=day_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].widget.attrs["max"] = timezone.localdate().isoformat()
