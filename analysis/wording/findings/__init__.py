"""Rules that say in one sentence what the figures show, in three languages, with their evidence.

Each rule takes a :class:`Story` and gives a :class:`Finding` or nothing. A sentence claims only
what its figures carry: its years are in it, it compares with the figure of the peers and with
the country where those have the same years, and a difference too small to be seen is called the
same. The three languages are side by side in the rules, for their sentences differ in build and
not only in words.
"""

from collections.abc import Callable

from analysis.wording.findings.counts import count_now, count_over_span
from analysis.wording.findings.general import (
    level_change,
    level_now,
    number_now,
    number_over_span,
)
from analysis.wording.findings.levels import ratio_change, ratio_level, share_change, share_level
from analysis.wording.findings.phrases import peers_label
from analysis.wording.findings.rates import flow_streak, flow_total
from analysis.wording.findings.rise_or_fall import change_now
from analysis.wording.findings.standing import standing
from analysis.wording.findings.story import Finding, Story
from analysis.wording.findings.years import mean_of_years

__all__ = ["Finding", "Story", "findings", "peers_label"]

Rule = Callable[[Story], Finding | None]

RULES: dict[str, tuple[Rule, ...]] = {
    "count": (count_over_span, count_now, standing),
    "share": (share_level, share_change, standing),
    "ratio": (ratio_level, ratio_change, standing),
    "rate": (flow_total, flow_streak, standing),
}
GENERAL: dict[str, tuple[Rule, ...]] = {
    "count": (number_over_span, number_now, standing),
    "level": (mean_of_years, level_now, level_change, standing),
}
#: Figures that are themselves changes.
CHANGES: tuple[Rule, ...] = (mean_of_years, change_now, standing)


def findings(story: Story) -> list[Finding]:
    """Apply the rules of the measure's kind in order; the first sentence is the headline."""
    if not story.comparison.own:
        return []
    found = [rule(story) for rule in _rules(story)]
    return [finding for finding in found if finding]


def _rules(story: Story) -> tuple[Rule, ...]:
    if story.measure.is_change:
        return CHANGES
    return (GENERAL if story.measure.general else RULES)[story.measure.kind]
