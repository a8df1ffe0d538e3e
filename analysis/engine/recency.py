"""How old a figure is beside the year an analysis is made in: pure."""

#: What is read first is of the last years; older figures are of the past.
RECENT_YEARS = 3
#: Figures older than this say so and come last.
OLD_YEARS = 5


def is_recent(last: int, made_in: int) -> bool:
    """Say whether a figure may be read first.

    Examples
    --------
    >>> is_recent(2023, 2026), is_recent(2022, 2026)
    (True, False)
    """
    return made_in - last <= RECENT_YEARS


def is_old(last: int, made_in: int) -> bool:
    """Say whether a figure is older than five years.

    Examples
    --------
    >>> is_old(2021, 2026), is_old(2020, 2026)
    (False, True)
    """
    return made_in - last > OLD_YEARS
