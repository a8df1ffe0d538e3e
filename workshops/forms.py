"""What municipalities wish for, and what coordinators answer."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from seasons.days import days_ahead, days_behind
from seasons.models import Season, WorkshopTheme
from uso.ground.lib.dates import day
from uso.ground.lib.days import AsksAboutDays
from uso.ground.lib.fields import DayField, Form, ModelForm
from workshops.models import Workshop


class WishForm(ModelForm):
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


class PlanForm(AsksAboutDays, Form):
    planned_on = DayField(
        label=_("Day"),
        help_text=_(
            "The municipality gets the day by e-mail with a calendar entry: whoever wished for it, or its contact persons."
        ),
    )
    asked_days = ("planned_on",)

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, initial={"planned_on": workshop.planned_on}, **kwargs)
        days_ahead(workshop.season, today=timezone.localdate()).limit(self.fields["planned_on"])


class QuestionForm(Form):
    question = forms.CharField(
        label=_("Question to the municipality"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("The municipality gets it by e-mail and answers by mending the wish."),
    )


class HeldForm(AsksAboutDays, Form):
    """The day a workshop was held; asked about where it comes before the wish, too."""

    held_on = DayField(label=_("Day it was held"))
    asked_days = ("held_on",)

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        self.workshop = workshop
        days = days_behind(workshop.season, today=timezone.localdate())
        likely = min(workshop.planned_on or days.last, days.last)
        super().__init__(*args, initial={"held_on": likely}, **kwargs)
        days.limit(self.fields["held_on"])

    def doubt(self, name: str, on: date) -> str:
        """Doubt a day before the wish as well."""
        wished_on = timezone.localdate(self.workshop.asked_at)
        if on < wished_on:
            return gettext("it is before the wish of %(day)s") % {"day": day(wished_on)}
        return super().doubt(name, on)
