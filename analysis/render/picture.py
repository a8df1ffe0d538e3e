"""The chart of one measure as a picture to be used elsewhere: it says by itself what, of whom and from where."""

from analysis.charts.svg import drawing, text, text_width
from analysis.content.edition import EditionContent, EditionMeasure
from analysis.render.chart_words import own_name, written_day
from analysis.render.figures import figure
from analysis.render.sheet import origin_lines

MARGIN, WIDTH = 24.0, 768.0
TITLE_SIZE, LINE = 13.0, 18.0


def picture(content: EditionContent, measure: EditionMeasure, language: str) -> str | None:
    """Draw the chart with its title above and its sources below; `None` without figures."""
    chart = figure(content, measure, language)
    if chart is None:
        return None
    inner = chart.wide
    height = _height(inner)
    title = f"{own_name(content, language)}: {measure.name[language]}"
    heads = [text(MARGIN, MARGIN + 8, title, role="own-text")]
    heads += _lines(chart.caption, MARGIN + 8 + LINE)
    top = MARGIN + 8 + LINE * len(heads) + 6
    made = written_day(content.edition.made_on)
    feet = [*origin_lines(measure.origins, language), f"USO, {made}."]
    foot = [part for line in feet for part in wrapped_line(line)]
    drawn = [text(MARGIN, top + height + 24 + LINE * at, line) for at, line in enumerate(foot)]
    placed = inner.replace("<svg ", f'<svg x="{MARGIN:g}" y="{top:g}" ', 1)
    return drawing(
        [*heads, placed, *drawn], width=WIDTH, height=top + height + 24 + LINE * len(foot) + 8,
        title=chart.alt or title, kind="picture", size=TITLE_SIZE,
    )  # fmt: skip


def _height(svg: str) -> float:
    """Read the height a drawing of ours gives itself."""
    return float(svg.split(' height="', 1)[1].split('"', 1)[0])


def _lines(words: str, top: float) -> list[str]:
    return [text(MARGIN, top + LINE * at, part) for at, part in enumerate(wrapped_line(words))]


def wrapped_line(words: str) -> list[str]:
    """Cut a sentence into lines that fit across the picture.

    Examples
    --------
    >>> wrapped_line("Lähde: Tilastokeskus, 11re.")
    ['Lähde: Tilastokeskus, 11re.']
    """
    lines = [""]
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, TITLE_SIZE) > WIDTH - 2 * MARGIN:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
