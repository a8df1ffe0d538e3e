"""Whether a change is for the better: said only where the figures carry it."""

from analysis.engine.few_cases import is_judged
from analysis.statistics.enums import Direction
from analysis.wording.findings.moves import Move
from analysis.wording.findings.phrases import direction
from analysis.wording.findings.story import Story
from uso.ground.lib.texts import Text, text


def judged(story: Story, move: Move) -> Text:
    """Say whether a change is for the better.

    Nothing where neither way is, where the change is too small to be seen or to be more than
    stable, and where the figure stands on few cases.
    """
    measure, own = story.measure, story.comparison.own
    way = direction(move.own, 1 if measure.relative else measure.decimals)
    values = (own[move.first], own[move.last])
    if way == 0 or is_steady(story, move) or not is_judged(
        measure.direction, unit=measure.unit, values=values, people=story.people
    ):  # fmt: skip
        return text(fi="", sv="", en="")
    better = (way > 0) == (measure.direction == Direction.UP)
    return text(
        fi=f"; muutos on {'parempaan' if better else 'huonompaan'} suuntaan",
        sv=f", vilket är en {'förbättring' if better else 'försämring'}",
        en=f", a change for the {'better' if better else 'worse'}",
    )


def is_steady(story: Story, move: Move) -> bool:
    """Say whether a change is as small as one that is called stable."""
    return abs(move.own) < story.measure.steady
