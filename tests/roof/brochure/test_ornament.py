"""The invitation's drawing: a stone for each phase, and words that stay inside."""

import pytest

from analysis.charts.svg import text_width
from uso.roof.brochure.ornament import (
    LINE_WIDTH,
    MOST_LINES,
    TITLE_SIZE,
    link_picture,
    river,
    title_lines,
    title_size,
)


@pytest.mark.parametrize("stones", [0, 1, 4])
def test_river_has_a_stone_for_each_phase(stones):
    drawn = river(400, 200, stones)

    assert (drawn.count("<circle"), drawn.count("<path")) == (stones, 3)
    assert "<text" not in drawn


def test_title_is_cut_into_lines_that_fit():
    title = "Uudistuvien kuntien johtaminen muuttuvassa toimintaympäristössä"
    size = title_size(title)

    lines = title_lines(title, size)

    assert 20 < size < TITLE_SIZE
    assert " ".join(lines) == title
    assert max(text_width(line, size, bold=True) for line in lines) <= LINE_WIDTH + 0.01


def test_short_title_is_large():
    assert title_size("Siiloista silloille") == title_size("") == TITLE_SIZE


def test_title_of_too_many_lines_ends_with_an_ellipsis():
    lines = title_lines("yhteistyöverkostojen kehittäminen " * 4)

    assert len(lines) == MOST_LINES
    assert lines[-1].endswith("…")


def test_words_of_people_are_escaped():
    drawn = link_picture("USO8 · 2025–2026", "<b>Siilot</b> & sillat", 4)

    assert "&lt;b&gt;Siilot&lt;/b&gt;" in drawn
    assert "<b>" not in drawn
    assert ">USO8 · 2025–2026<" in drawn
