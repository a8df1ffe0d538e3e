"""How an analysis writes the moment of a figure, in three languages: pure."""

from analysis.engine.measures import FLOW_YEARS
from uso.ground.lib.numerals import span
from uso.ground.lib.texts import Text, text


def of_year(year: int) -> Text:
    """Write the year alone."""
    return text(fi=f"{year}", sv=f"{year}", en=f"{year}")


def of_mean(last: int) -> Text:
    """Write the years of a rate's mean by the last of them."""
    years = span(last - FLOW_YEARS + 1, last)
    return text(fi=f"keskiarvo {years}", sv=f"medeltal {years}", en=f"mean of {years}")


def of_outlook(year: int) -> Text:
    """Write the year of a projection."""
    return text(fi=f"ennuste {year}", sv=f"prognos {year}", en=f"projection for {year}")


def of_change(first: int, last: int) -> Text:
    """Write the years between which a number changed."""
    years = span(first, last)
    return text(fi=f"muutos {years}", sv=f"förändring {years}", en=f"change {years}")
