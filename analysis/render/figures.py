"""The charts of one measure, drawn from frozen content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.charts import (
    Band,
    Line,
    Row,
    Segment,
    Strip,
    as_data_uri,
    line_chart,
    position_strip,
    ranked_bars,
    sparkline,
    stacked_bars,
)
from analysis.content.reading import Json, by_year, group_of, group_pairs
from analysis.engine.group_figures import MOST_KEPT, Five, five_figures
from analysis.render.ranking import drawn
from analysis.render.words import (
    AREA,
    COUNTRY,
    COUNTRY_INSIDE,
    LINE_AND_AREA,
    PEERS,
    TREND,
    axis_writer,
    chart_writer,
    own_name,
    place_writer,
    sentence,
    writer,
)
from uso.ground.lib.numerals import percent
from uso.ground.lib.texts import Text, capital, text

WIDE, NARROW, PRINT = (720.0, 320.0), (340.0, 290.0), (640.0, 126.0)
PRINT_BARS = 780.0
AGE_HEADS = {
    "fi": ("0–14-vuotiaat", "15–64-vuotiaat", "65 vuotta täyttäneet"),
    "sv": ("0–14 år", "15–64 år", "65 år eller äldre"),
    "en": ("Aged 0–14", "Aged 15–64", "65 or over"),
}
AGE_HEADS_NARROW = {
    "fi": ("0–14 v", "15–64 v", "65 v –"),
    "sv": ("0–14 år", "15–64 år", "65 år –"),
    "en": ("0–14", "15–64", "65 –"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture in its wide and its narrow form, what it says, and the line above it."""

    wide: str
    narrow: str
    alt: str
    caption: str

    @property
    def address(self) -> str:
        """The wide form as the address of an image, for the PDF."""
        return as_data_uri(self.wide)


def figure(content: Json, measure: Json, language: str, *, printed: bool = False) -> Figure | None:
    """Draw the large chart of a measure; `None` where there is no figure to draw.

    A measure of one year is drawn as bars of the municipalities. The printed form is lower and has
    no narrow twin.
    """
    if measure["latest"] is None:
        return None
    alt = sentence(measure["findings"][0], language) if measure["findings"] else ""
    if len(measure["series"]["own"]) == 1:
        return _bars_figure(content, measure, language, alt, printed=printed)
    lines, band = _lines(content, measure, language), _band(measure)
    base = measure["chart"]["base"]

    def draw(size: tuple[float, float]) -> str:
        return line_chart(
            lines, title=alt, write=axis_writer(language), band=band, base=base, size=size
        )

    caption = _caption(content, measure, language)
    if printed:
        return Figure(draw(PRINT), "", alt, caption)
    return Figure(draw(WIDE), draw(NARROW), alt, caption)


def _bars_figure(content: Json, measure: Json, language: str, alt: str, *, printed: bool) -> Figure:
    bars, caption = drawn(content, measure, language), measure["axis"][language]
    wide = ranked_bars(bars, title=alt, width=PRINT_BARS if printed else WIDE[0])
    narrow = "" if printed else ranked_bars(bars, title=alt, width=NARROW[0])
    return Figure(wide, narrow, alt, caption)


def _lines(content: Json, measure: Json, language: str) -> list[Line]:
    chart, write = measure["chart"], chart_writer(measure, language)
    series = (
        ("country", COUNTRY[language], by_year(chart["country"])),
        ("peers", _line_label(content, measure, language), by_year(group_pairs(chart))),
        ("own", own_name(content, language), by_year(chart["own"])),
    )
    return [
        Line(
            role,
            f"{name} {write(values[max(values)])}",
            values,
            forecast_from=min(values) if measure.get("outlook") else None,
        )
        for role, name, values in series
        if values
    ]


def _line_label(content: Json, measure: Json, language: str) -> str:
    """Name the line of the peers in a word, the only peer by its name; the caption says the rest."""
    group = group_of(content, measure)
    lone = group is not None and group["figure"] == "one"
    return _peers_label(content, measure, language) if lone else PEERS[language]


def _peers_label(content: Json, measure: Json, language: str) -> str:
    group = group_of(content, measure)
    return capital(group["label"][language]) if group else ""


def _band(measure: Json) -> Band | None:
    """Shade the range of the peers, of a large group its middle half: a few would set the scale."""
    chart = measure["chart"]
    low, high = ("lower", "upper") if "lower" in chart else ("low", "high")
    return Band(by_year(chart[low]), by_year(chart[high])) if chart[low] else None


def _caption(content: Json, measure: Json, language: str) -> str:
    lead: str = measure["axis"][language]
    if measure["kind"] == "count":
        lead = f"{lead}, {measure['chart']['index_year']} = 100."
    group = group_of(content, measure)
    if group is None or group["figure"] == "one" or not measure["chart"]["low"]:
        return lead
    area = AREA["half" if "lower" in measure["chart"] else "range"][language]
    return f"{lead} {LINE_AND_AREA[group['figure']][language].format(area)}"


def spark(measure: Json, language: str) -> str:
    """Draw the trend the size of a word."""
    values = by_year(measure["series"]["own"])
    if not values:
        return ""
    write = writer(measure, language)
    first, last = min(values), max(values)
    title = f"{first}: {write(values[first])}, {last}: {write(values[last])}"
    if measure["trend"]:
        title += f", {TREND[measure['trend']['word']][language]}"
    return sparkline(values, title=title)


def strip(measure: Json, language: str, *, title: str) -> str:
    """Draw our place among the peers and the country; `title` says the same in words."""
    place = measure["position"]
    if place is None:
        return ""
    five = five_of(place)
    peers = () if five else tuple(place["peers"].values())
    drawn = Strip(place["own"], peers, place["country"], five)
    write = place_writer(measure, language)
    return position_strip(drawn, title=title, write=write)


def five_of(place: Json) -> Five | tuple[()]:
    """Give the five figures of peers too many to be shown one by one; nothing of fewer."""
    if place.get("five"):
        low, lower, median, upper, high = place["five"]
        return low, lower, median, upper, high
    values = list(place["peers"].values())
    return (five_figures(values) or ()) if len(values) > MOST_KEPT else ()


def strip_title(content: Json, measure: Json, language: str) -> str:
    """Say in words what the strip shows; nothing where there is none."""
    place = measure["position"]
    if place is None:
        return ""
    write = place_writer(measure, language)
    name, peers = own_name(content, language), five_of(place) or sorted(place["peers"].values())
    parts = [
        text(
            fi=f"Janalla {name} on kohdassa {write(place['own'])}",
            sv=f"På skalan ligger {name} på {write(place['own'])}",
            en=f"On the scale {name} stands at {write(place['own'])}",
        )[language]
    ]
    if len(peers) > 1:
        parts.append(_ends(write(peers[0]), write(peers[-1]))[language])
    elif peers:
        parts.append(f"{_peers_label(content, measure, language)} {write(peers[0])}")
    if place["country"] is not None:
        parts.append(f"{COUNTRY_INSIDE[language]} {write(place['country'])}")
    return f"{', '.join(parts)} ({place['what'][language]})."


def _ends(lowest: str, highest: str) -> Text:
    return text(
        fi=f"vertailukunnista alin {lowest} ja ylin {highest}",
        sv=f"den lägsta jämförelsekommunen {lowest} och den högsta {highest}",
        en=f"the lowest of the peers at {lowest} and the highest at {highest}",
    )


def age_figure(content: Json, group: Json, language: str) -> Figure | None:
    """Draw the age structure of a group that has one."""
    ages: Mapping[str, list[list[Any]]] | None = group["ages"]
    if not ages:
        return None
    name = own_name(content, language)
    rows = [_age_row(f"{name} {year}", shares, language, own=True) for year, shares in ages["own"]]
    rows += [
        _age_row(f"{COUNTRY[language]} {year}", shares, language)
        for year, shares in ages["country"]
    ]
    alt = "; ".join(
        f"{row.label}: "
        + ", ".join(
            f"{head} {segment.written}"
            for head, segment in zip(AGE_HEADS[language], row.segments, strict=True)
        )
        for row in rows
    )
    caption = text(
        fi="Ikäryhmien osuudet väestöstä vuoden lopussa.",
        sv="Åldersgruppernas andelar av befolkningen i slutet av året.",
        en="Shares of age groups at the end of the year.",
    )[language]
    return Figure(
        stacked_bars(rows, AGE_HEADS[language], title=alt),
        stacked_bars(rows, AGE_HEADS_NARROW[language], title=alt, width=NARROW[0]),
        alt,
        caption,
    )


def _age_row(label: str, shares: Sequence[float], language: str, *, own: bool = False) -> Row:
    segments = tuple(Segment(share, percent(share, 1, language)) for share in shares)
    return Row(label, segments, own)
