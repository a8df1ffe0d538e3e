"""Building editions from the newest figures, the chosen peers and the texts carried over."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from analysis.actions.texts import carry_over, recompose, write_content
from analysis.changes import changes
from analysis.composition import Json
from analysis.editing import unedited, with_texts
from analysis.models import Analysis
from analysis.queries.content import content_now
from municipalities.models import Municipality, User
from seasons.models import Season


@transaction.atomic
def build_analysis(
    *, municipality: Municipality, season: Season, by: User | None, on: date
) -> Analysis:
    """Make the draft of the next edition from the newest figures and the chosen peers.

    A draft is made anew in place, with its edits and comments, and what was approved is a draft
    again. A new edition begins with those of the former one as proposals. Nothing happens when
    neither figures nor peers have changed since the newest edition.
    """
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)  # one at a time
    newest = Analysis.objects.filter(season=season).select_for_update(of=("self",)).newest()
    draft = newest if newest and not newest.published else None
    number = newest.edition + (0 if draft else 1) if newest else 1
    content = content_now(municipality=municipality, season=season, number=number, on=on)
    former = Analysis.objects.published().newest()
    content["changes"] = changes(former.content, content) if former else None
    if newest and _told(unedited(newest.content)) == _told(content):
        return _looked_at(newest)
    made = draft or Analysis(municipality=municipality, season=season, edition=number)
    made.built_at, made.built_by = timezone.now(), by
    if draft:
        return recompose(made, content)
    write_content(made, with_texts(content, [], []))
    if newest:
        carry_over(newest, made)
    return recompose(made, content)


def _told(content: Json) -> Json:
    """Leave out what changes from edition to edition by itself."""
    own = {"edition", "made_on", "changes"}
    return {key: value for key, value in content.items() if key not in own}


def _looked_at(newest: Analysis) -> Analysis:
    """Note that an unpublished edition holds what is known by now."""
    if not newest.published:
        newest.built_at = timezone.now()
        newest.save(update_fields=["built_at"])
    return newest
