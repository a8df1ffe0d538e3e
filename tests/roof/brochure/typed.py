"""A season in which every text that a coordinator can write looks like markup and like a template."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from events.models import Event
from seasons.models import Entitlement, Phase, Season, SeasonContact, Theme, WorkshopTheme

WRITTEN = (Season, Theme, WorkshopTheme, Phase, Entitlement, SeasonContact, Event)
UNPRINTED = {"remote_url", "place_fi", "description_fi"}  # of an event: for those who take part


def write_markup(season: Season) -> list[str]:
    """Write markup of its own into each text, in Finnish; return all that was written."""
    SeasonContact.objects.create(season=season, position=1, name="Aino")
    written = []
    for model in WRITTEN:
        row = model.objects.filter(**({"pk": season.pk} if model is Season else {"season": season}))
        row = row.order_by("pk").first()
        for field in filter(_is_written, model._meta.concrete_fields):
            written.append(f"<b>{{{{7}}}}{{%x%}}&{len(written):02}")
            setattr(
                row, field.name, [written[-1]] if isinstance(field, ArrayField) else written[-1]
            )
        row.save()
    return written


def _is_written(field: models.Field) -> bool:
    text = field.base_field if isinstance(field, ArrayField) else field
    is_text = isinstance(text, models.CharField | models.TextField) and not field.choices
    return is_text and not field.name.endswith(("_sv", "_en")) and field.name not in UNPRINTED
