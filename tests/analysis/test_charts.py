"""Charts: geometry reckoned anew, accessible, and safe to put on a page."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts import (
    Band,
    Line,
    Mark,
    Row,
    Segment,
    Strip,
    as_data_uri,
    line_chart,
    position_strip,
    sparkline,
    stacked_bars,
)
from analysis.charts.labels import spread
from analysis.charts.scale import Scale, ticks
from analysis.charts.svg import ROLES, coordinate, text_width

SVG = "{http://www.w3.org/2000/svg}"


def tree(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 -- our own drawing


def of_class(svg: str, name: str) -> list[ET.Element]:
    return [found for found in tree(svg).iter() if found.get("class") == f"c-{name}"]


def points(path: ET.Element) -> list[tuple[float, float]]:
    pairs = re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.get("d"))
    return [(float(x), float(y)) for x, y in pairs]


def texts(svg: str) -> list[str]:
    return [found.text for found in tree(svg).iter(f"{SVG}text")]


def write(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


OURS = {2000: 100.0, 2001: 95.0, 2002: 90.0}


def chart(values=OURS, **more) -> str:
    return line_chart([Line("own", "Kannus", values)], title="Väki väheni", write=write, **more)


def test_line_passes_through_its_figures():
    svg = chart(base=100)
    (line,) = of_class(svg, "own")
    (x0, y0), (x1, y1), (x2, y2) = points(line)
    (base,) = of_class(svg, "base")

    assert [y0, y0] == [y for _, y in points(base)], "100 lies on the line of 100"
    assert x1 - x0 == pytest.approx(x2 - x1, abs=0.11), "years are equally far apart"
    assert y1 - y0 == pytest.approx(y2 - y1, abs=0.11), "equal falls look equal"
    assert y2 > y0, "less is lower"


def test_axis_figures_stand_on_their_lines():
    svg = chart(base=90)
    grid = [
        place
        for role in ("grid", "base")
        for found in of_class(svg, role)
        for place in points(found)
    ]
    lines = sorted(y for _, y in grid[::2])
    labels = [found for found in of_class(svg, "text") if found.get("text-anchor") == "end"]

    assert sorted(float(found.get("y")) - 4.5 for found in labels) == pytest.approx(lines, abs=0.11)
    assert [found.text for found in labels] == ["90,0", "92,0", "94,0", "96,0", "98,0", "100,0"]


def test_missing_years_leave_a_gap_and_a_lone_year_a_dot():
    svg = chart({2000: 1.0, 2001: 2.0, 2004: 3.0, 2005: 4.0, 2009: 5.0})

    assert [len(points(found)) for found in of_class(svg, "own")] == [2, 2]
    assert len(of_class(svg, "own-dot")) == 1


def test_forecast_is_dashed_from_its_first_year_and_marked():
    line = Line("own", "Kannus", {2023: 1.0, 2024: 2.0, 2030: 3.0, 2040: 4.0}, forecast_from=2024)

    svg = line_chart([line], title="t", write=write, marks=[Mark(2024, "ennuste")])

    known, ahead = of_class(svg, "own")
    assert known.get("stroke-dasharray") is None
    assert ahead.get("stroke-dasharray") == "5 4"
    assert points(known)[-1] == points(ahead)[0], "the two parts meet"
    assert len(points(ahead)) == 3
    assert "ennuste" in texts(svg)


def test_band_runs_between_lowest_and_highest():
    svg = chart(
        band=Band({2000: 90.0, 2001: 80.0, 2003: 70.0}, {2000: 110.0, 2001: 105.0, 2003: 95.0})
    )
    area, lone = of_class(svg, "band")

    corners = points(area)
    assert [x for x, _ in corners] == [corners[0][0], corners[1][0], corners[1][0], corners[0][0]]
    assert corners[0][1] < corners[3][1], "highest first, back along the lowest"
    assert lone.get("width") == "8", "a year alone is a bar"


def test_chart_without_figures_is_empty():
    assert chart({}) == ""
    assert sparkline({}, title="t") == ""
    assert stacked_bars([], [], title="t") == ""


def test_one_year_alone_can_be_drawn():
    svg = chart({2024: 5.0})

    assert len(of_class(svg, "own-dot")) == 1
    assert "2024" in texts(svg)


@pytest.mark.parametrize("size", [(720, 320), (340, 290), (640, 168)])
def test_words_stay_inside_the_picture(size):
    lines = [
        Line("country", "Koko maa 108,8", {2000: 100.0, 2024: 108.8}),
        Line("peers", "Jämförelsekommunernas median 81,0", {2000: 100.0, 2024: 81.0}),
        Line("own", "Mänttä-Vilppula 80,6", {2000: 100.0, 2024: 80.6}),
    ]

    svg = line_chart(lines, title="t", write=write, size=size)

    for found in tree(svg).iter(f"{SVG}text"):
        width = text_width(found.text, 13, bold=found.get("font-weight") == "700")
        start = float(found.get("x"))
        if found.get("text-anchor") == "end":
            start -= width
        elif found.get("text-anchor") == "middle":
            start -= width / 2
        assert start >= -1
        assert start + width <= size[0] + 12, found.text
        assert 0 < float(found.get("y")) <= size[1]


@given(
    st.lists(st.tuples(st.floats(-50, 400), st.sampled_from([19.0, 34.0])), min_size=1, max_size=6)
)
def test_labels_neither_overlap_nor_leave_the_chart(labels):
    wished = [place for place, _ in labels]
    heights = [height for _, height in labels]

    middles = spread(wished, heights, 0, 300)

    placed = sorted(zip(middles, heights, strict=True))
    assert placed[0][0] - placed[0][1] / 2 >= -1e-6
    assert placed[-1][0] + placed[-1][1] / 2 <= 300 + 1e-6
    for (upper, above), (lower, below) in pairwise(placed):
        assert lower - upper >= (above + below) / 2 - 1e-6


def test_labels_that_do_not_meet_stay_where_they_are():
    assert spread([200, 20, 100], [20, 20, 20], 0, 300) == [200, 20, 100]


def test_labels_move_both_ways_from_a_collision():
    assert spread([100, 100, 100], [20, 20, 20], 0, 300) == [80, 100, 120]


@given(st.floats(-1e6, 1e6), st.floats(0.01, 1e6))
def test_ticks_hold_the_figures_between_them(low, width):
    steps = ticks(low, low + width)

    assert steps[0] <= low + width * 1e-6
    assert steps[-1] >= low + width - width * 1e-6
    assert 2 <= len(steps) <= 9
    assert steps == sorted(steps)


def test_scale_may_run_downwards():
    down = Scale(0, 10, 100, 0)

    assert [down(0), down(5), down(10)] == [100, 50, 0]


def test_strip_spans_from_lowest_to_highest_and_writes_both():
    svg = position_strip(Strip(20.0, (10.0, 30.0), 25.0), title="t", write=write)
    (ours,) = of_class(svg, "us")
    (country,) = of_class(svg, "country")

    assert [float(found.get("cx")) for found in of_class(svg, "peer")] == [9.0, 211.0]
    assert float(ours.get("cx")) == 110.0
    assert float(country.get("x1")) == 160.5
    assert texts(svg) == ["10,0", "30,0"]


@pytest.mark.parametrize(("count", "dots"), [(30, 30), (31, 31), (307, 68)])
def test_strip_of_a_crowd_marks_each_place_once(count, dots):
    peers = tuple(float(each) for each in range(count))

    svg = position_strip(Strip(-1.0, peers), title="t", write=write)

    few, crowd = of_class(svg, "peer"), of_class(svg, "peers-dot")
    assert (len(few), len(crowd)) == ((0, dots) if count > 30 else (dots, 0))


@pytest.mark.parametrize("strip", [Strip(5.0), Strip(5.0, (5.0, 5.0), 5.0)])
def test_strip_without_a_difference_is_not_drawn(strip):
    assert position_strip(strip, title="t", write=write) == ""


def test_sparkline_ends_in_our_dot():
    svg = sparkline({2000: 3.0, 2001: 1.0, 2002: 2.0}, title="t")
    (line,), (dot,) = of_class(svg, "peers"), of_class(svg, "own-dot")

    assert points(line)[-1] == (float(dot.get("cx")), float(dot.get("cy")))


@pytest.mark.parametrize("width", [720, 340])
def test_bars_are_as_long_as_their_shares(width):
    rows = [
        Row(
            "Kannus 2024",
            (Segment(20, "20,0 %"), Segment(55, "55,0 %"), Segment(25, "25,0 %")),
            own=True,
        )
    ]

    svg = stacked_bars(rows, ["a", "b", "c"], title="t", width=width)

    widths = [
        float(found.get("width")) + 2 for n in (1, 2, 3) for found in of_class(svg, f"seg-{n}")
    ]
    whole = sum(widths)
    assert [part / whole * 100 for part in widths] == pytest.approx([20, 55, 25], abs=0.1)


def test_a_part_too_small_for_its_figure_has_none():
    rows = [Row("A", (Segment(2, "2,0 %"), Segment(98, "98,0 %")))]

    assert texts(stacked_bars(rows, ["a", "b"], title="t")) == ["a", "b", "A", "98,0 %"]


def test_a_part_that_is_small_on_a_phone_has_its_figure_without_the_sign():
    rows = [Row("A", (Segment(14.5, "14,5\xa0%"), Segment(85.5, "85,5\xa0%")))]

    phone, desk = (
        texts(stacked_bars(rows, ["a", "b"], title="t", width=width)) for width in (280, 720)
    )

    assert phone[-2:] == ["14,5", "85,5\xa0%"]
    assert desk[-2:] == ["14,5\xa0%", "85,5\xa0%"]


EVERY = [
    chart(band=Band({2000: 90.0, 2001: 80.0}, {2000: 110.0, 2001: 105.0}), base=100),
    position_strip(Strip(20.0, (10.0, 30.0), 25.0), title="t", write=write),
    sparkline({2000: 3.0, 2001: 1.0}, title="t"),
    stacked_bars([Row("A", (Segment(40, "40"), Segment(60, "60")))], ["a", "b"], title="t"),
]


@pytest.mark.parametrize("svg", EVERY)
def test_picture_is_accessible_and_fits_a_strict_policy(svg):
    root = tree(svg)

    assert root.get("role") == "img"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text
    for forbidden in ("style=", "<style", "var(", " id=", "<script", "href"):
        assert forbidden not in svg


def test_words_of_people_are_escaped():
    svg = line_chart(
        [Line("own", "<script>x</script>", {2000: 1.0, 2001: 2.0})], title='"><img>', write=write
    )

    assert "<script" not in svg
    assert "<img" not in svg
    assert tree(svg)[0].text == '"><img>'


def test_address_of_an_image_holds_the_picture():
    assert as_data_uri("<svg/>") == "data:image/svg+xml;base64,PHN2Zy8+"


@pytest.mark.parametrize(("value", "written"), [(1.0, "1"), (-0.04, "0"), (2.26, "2.3")])
def test_coordinates_are_short(value, written):
    assert coordinate(value) == written


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "role",
    ["own", "peers", "country", "edge", "base", "mark", "own-dot", "peers-dot", "country-dot",
     "seg-1", "seg-2", "seg-3"],
)  # fmt: skip
def test_marks_stand_out_from_paper(role):
    colour = ROLES[role].get("stroke") or ROLES[role]["fill"]

    assert contrast(colour, "#ffffff") >= 3


@pytest.mark.parametrize("role", ["text", "own-text", "country-text", "peers-text"])
def test_words_stand_out_from_paper(role):
    assert contrast(ROLES[role]["fill"], "#ffffff") >= 4.5


@pytest.mark.parametrize("number", [1, 2, 3])
def test_words_stand_out_from_their_bar(number):
    assert contrast(ROLES[f"on-seg-{number}"]["fill"], ROLES[f"seg-{number}"]["fill"]) >= 4.5
