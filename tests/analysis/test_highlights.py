"""What an analysis says first: chosen by the distance from the peers, recomputed here by hand."""

import pytest
from msgspec.structs import replace

from analysis.content.edition import EditionMeasure, Latest
from analysis.content.highlights import highlights
from analysis.engine.compare import Position
from analysis.engine.group_figures import median
from tests.analysis.figures import content, measure

YEAR = 2026


def told(
    key: str, own: float, peers: list[float], *, direction: str = "up", **changes
) -> EditionMeasure:
    """A measure of a content with what the choice looks at."""
    codes = (f"{number:03}" for number in range(1, 99))
    position = Position(
        own, dict(zip(codes, peers, strict=False)), median(peers), country=None, decimals=1, what={}
    )
    given = {"position": position, "latest": Latest(own, 2024, 2024), **changes}
    return replace(measure(content(), "over-64"), key=key, direction=direction, **given)


def chosen(*measures: EditionMeasure, people: float = 5264) -> list[tuple[str, str, float]]:
    group = replace(content().groups[0], measures=measures)
    return [
        (each.key, each.kind, each.distance)
        for each in highlights([group], year=YEAR, people=people)
    ]


PEERS = [10, 12, 14, 20, 11]  # median 12; deviations 2, 0, 2, 8, 1: their median 2


@pytest.mark.parametrize(
    ("own", "direction", "kind", "distance"),
    [
        (16, "up", "better", 2.0),
        (16, "down", "worse", 2.0),
        (6, "up", "worse", -3.0),
        (6, "down", "better", -3.0),
        (6, "neutral", "different", -3.0),
    ],
)
def test_far_from_the_peers_is_told_with_its_direction(own, direction, kind, distance):
    assert chosen(told("tax", own, PEERS, direction=direction)) == [("tax", kind, distance)]


@pytest.mark.parametrize(
    "measure",
    [
        told("near", 14.9, PEERS),
        told("few", 99, [1, 2]),
        told("alike", 99, [5, 5, 5, 6]),
        told("projection", 99, PEERS, outlook=True),
        told("old", 99, PEERS, latest=Latest(99, 2022, 2022)),
        told("absent", 0, PEERS, position=None),
    ],
    ids=lambda measure: measure.key,
)
def test_what_says_little_of_today_is_not_told(measure):
    assert chosen(measure) == []


def test_figure_of_three_years_ago_is_still_told():
    assert chosen(told("tax", 16, PEERS, latest=Latest(16, 2023, 2023))) == [("tax", "better", 2.0)]


@pytest.mark.parametrize(
    ("own", "people", "kind"),
    [(16, 1_999, "different"), (16, 2_000, "better"), (0.9, 5_264, "different")],
    ids=["a small municipality", "a larger one", "47 cases"],
)
def test_few_cases_are_never_called_better_or_worse(own, people, kind):
    unit = {"fi": "%", "sv": "%", "en": "%"}

    ((_key, said, _distance),) = chosen(told("tax", own, PEERS, unit=unit), people=people)

    assert said == kind


def test_farthest_comes_first_and_a_group_gives_three():
    measures = [told(f"m{own}", own, PEERS) for own in (16, 24, 18, 20)]

    assert [key for key, *_ in chosen(*measures)] == ["m24", "m20", "m18"]
