"""How an analysis writes the moment of a figure, in three languages: pure."""

from analysis.engine.measures import FLOW_YEARS
from uso.ground.lib.numerals import span
from uso.ground.lib.texts import Text, text


def of_year(year: int) -> Text:
    """Write the year alone."""
    return text(fi=f"{year}", sv=f"{year}", en=f"{year}")


def of_mean(last: int, length: int = FLOW_YEARS) -> Text:
    """Write the years of a mean by the last of them."""
    years = span(last - length + 1, last)
    return text(fi=f"keskiarvo {years}", sv=f"medeltal {years}", en=f"mean of {years}")


def of_outlook(year: int) -> Text:
    """Write the year of a projection."""
    return text(fi=f"ennuste {year}", sv=f"prognos {year}", en=f"projection for {year}")


def of_change(first: int, last: int) -> Text:
    """Write the years between which a number changed."""
    years = span(first, last)
    return text(fi=f"muutos {years}", sv=f"förändring {years}", en=f"change {years}")


_MONTHS = {
    "fi": ["tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu"],
    "sv": ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"],
    "en": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
}  # fmt: skip


def of_month(year: int, month: int) -> Text:
    """Write a month with its year.

    Examples
    --------
    >>> of_month(2026, 8)["fi"], of_month(2026, 8)["sv"]
    ('elokuu 2026', 'augusti 2026')
    """
    at = month - 1
    return text(
        fi=f"{_MONTHS['fi'][at]}kuu {year}",
        sv=f"{_MONTHS['sv'][at]} {year}",
        en=f"{_MONTHS['en'][at]} {year}",
    )


def in_year(year: int, month: int = 0) -> Text:
    """Say inside a sentence when a figure is from: in a year, or in a month of it.

    Examples
    --------
    >>> in_year(2024)["fi"], in_year(2026, 8)["fi"]
    ('vuonna 2024', 'elokuussa 2026')
    """
    if month == 0:
        return text(fi=f"vuonna {year}", sv=f"år {year}", en=f"in {year}")
    when = of_month(year, month)
    return text(
        fi=f"{_MONTHS['fi'][month - 1]}kuussa {year}", sv=f"i {when['sv']}", en=f"in {when['en']}"
    )
