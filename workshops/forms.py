"""What municipalities wish for, and what coordinators answer."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from seasons.models import Season, WorkshopTheme
from uso.ground.lib.fields import DayField, lines_only
from workshops.models import Workshop


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
        lines_only(self, "topic", "wished_time")  # they are in subjects and lists
        themes = WorkshopTheme.objects.filter(season=season).order_by("position")
        self.fields["theme"] = forms.ModelChoiceField(
            themes,
            label=_("Subject offered in the season"),
            required=False,
            empty_label=str(_("Something else")),
        )
        if not themes:
            del self.fields["theme"]

    def clean(self) -> dict[str, Any]:
        """Name no subject where the season offers none."""
        return {"theme": None, **(super().clean() or {})}


class PlanForm(forms.Form):
    planned_on = DayField(
        label=_("Day"),
        help_text=_(
            "The municipality gets the day by e-mail with a calendar entry: whoever wished for it, or its contact persons."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["planned_on"].widget.attrs["min"] = timezone.localdate().isoformat()


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=_("Question to the municipality"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("The municipality gets it by e-mail and answers by mending the wish."),
    )


class HeldForm(forms.Form):
    held_on = DayField(label=_("Day it was held"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].widget.attrs["max"] = timezone.localdate().isoformat()
