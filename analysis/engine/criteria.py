"""Criteria of the Municipal Act for the assessment of a municipality in a very difficult financial position.

The state *can* start the procedure when any of the three grounds holds; nothing here says that it will. A
missing figure makes a criterion unknown, never unfulfilled.

References
----------
Kuntalaki (410/2015) 118 §, as amended by 175/2019; Kommunförbundet, "Nya kriterier för kriskommuner"
(kommunforbundet.fi/ekonomi/budgetering-och-ekonomiplanering/nya-kriterier-kriskommuner), read on
22 November 2026: in force on 1 March 2019, limits first applied in 2022 to the accounts of 2020 and 2021.
The amendment of 2021 (EV 44/2021) left the limits alone: it touched subsections 6 and 7. Amendments after
it were not at hand: compare the limits with Finlex before a new year is judged.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Limits:
    """The limits of the Act for pairs of accounts whose later year is `since` or after.

    Parameters
    ----------
    deficit_latest_eur, deficit_before_eur : Decimal
        Accumulated deficit of the group per resident, EUR: at least this in the latest year and the one before.
    margin_pct : Decimal
        Annual margin of the group, per cent of depreciation (vuosikate / poistot): below this.
    tax_points : Decimal
        Income tax rate, percentage points above the weighted mean of all municipalities: at least this.
    debt_over_pct : Decimal
        Loans and lease liabilities of the group per resident, per cent above the mean of all municipalities:
        at least this.
    debt_service : Decimal
        Calculated loan servicing margin of the group (laskennallinen lainanhoitokate): below this.
    """

    since: int
    deficit_latest_eur: Decimal
    deficit_before_eur: Decimal
    margin_pct: Decimal
    tax_points: Decimal
    debt_over_pct: Decimal
    debt_service: Decimal


#: Dated: a later amendment is a further row, the newest last.
LIMITS = (
    Limits(
        since=2021,
        deficit_latest_eur=Decimal(1000),
        deficit_before_eur=Decimal(500),
        margin_pct=Decimal(80),
        tax_points=Decimal("2.0"),
        debt_over_pct=Decimal(50),
        debt_service=Decimal("0.8"),
    ),
)


@dataclass(frozen=True)
class Accounts:
    """Figures of one year as they are published; `None` where one is missing.

    Parameters
    ----------
    deficit_eur : float or None
        Accumulated deficit of the group per resident, EUR; negative for a surplus.
    margin_pct : float or None
        Annual margin of the group, per cent of depreciation.
    tax_pct, mean_tax_pct : float or None
        Income tax rate, and the weighted mean of all municipalities, per cent.
    debt_eur, mean_debt_eur : float or None
        Loans and lease liabilities of the group per resident, and the mean of all municipalities, EUR.
    debt_service : float or None
        Calculated loan servicing margin of the group.
    """

    deficit_eur: float | None = None
    margin_pct: float | None = None
    tax_pct: float | None = None
    mean_tax_pct: float | None = None
    debt_eur: float | None = None
    mean_debt_eur: float | None = None
    debt_service: float | None = None


@dataclass(frozen=True)
class KeyFigures:
    """Whether each of the four key figures of a year is beyond its limit; `None` when it is unknown."""

    margin: bool | None
    tax: bool | None
    debt: bool | None
    debt_service: bool | None

    @property
    def all_four(self) -> bool | None:
        """Whether all four are."""
        return every((self.margin, self.tax, self.debt, self.debt_service))


def limits_of(last: int) -> Limits | None:
    """Return the limits for two years of accounts of which `last` is the later, `None` before 2021.

    >>> limits_of(2024).margin_pct, limits_of(2020)
    (Decimal('80'), None)
    """
    return next((one for one in reversed(LIMITS) if last >= one.since), None)


def key_figures(accounts: Accounts, limits: Limits) -> KeyFigures:
    """Compare the four key figures of a year with their limits.

    Parameters
    ----------
    accounts
        Figures of the year.
    limits
        Limits of the later year of the pair, for both years.

    Returns
    -------
    KeyFigures
        Each on its own; only all four, two years running, are a ground (:func:`four_figures`).

    Notes
    -----
    Compared as decimal numbers: 8.9 % is exactly 2.0 percentage points above 6.9 %.

    Examples
    --------
    A margin at its limit is not below it, a tax rate at its limit is reached:

    >>> key_figures(Accounts(margin_pct=80, tax_pct=8.9, mean_tax_pct=6.9), LIMITS[0])
    KeyFigures(margin=False, tax=True, debt=None, debt_service=None)
    """
    above = _difference(accounts.tax_pct, accounts.mean_tax_pct)
    mean = _exact(accounts.mean_debt_eur)
    heavy = None if mean is None else mean * (100 + limits.debt_over_pct) / 100
    return KeyFigures(
        margin=_below(_exact(accounts.margin_pct), limits.margin_pct),
        tax=_reaches(above, limits.tax_points),
        debt=_reaches(_exact(accounts.debt_eur), heavy),
        debt_service=_below(_exact(accounts.debt_service), limits.debt_service),
    )


def deficit(latest: Accounts, before: Accounts, limits: Limits) -> bool | None:
    """Say whether the group's deficit per resident is a ground: both years reach their limits.

    Examples
    --------
    >>> deficit(Accounts(deficit_eur=1000), Accounts(deficit_eur=500), LIMITS[0])
    True
    >>> deficit(Accounts(deficit_eur=1200), Accounts(), LIMITS[0]) is None
    True
    """
    return every(
        (
            _reaches(_exact(latest.deficit_eur), limits.deficit_latest_eur),
            _reaches(_exact(before.deficit_eur), limits.deficit_before_eur),
        )
    )


def four_figures(latest: Accounts, before: Accounts, limits: Limits) -> bool | None:
    """Say whether the four key figures are a ground: all of them in both years.

    Returns
    -------
    bool or None
        False as soon as one figure is known to keep its limit, even where another is missing: then all four
        cannot be beyond. `None` when that is not certain.
    """
    return every((key_figures(latest, limits).all_four, key_figures(before, limits).all_four))


def grounds(
    *, uncovered: bool | None, latest: Accounts, before: Accounts, limits: Limits
) -> bool | None:
    """Say whether the procedure can be started: any of the three grounds holds.

    Parameters
    ----------
    uncovered
        Whether the municipality left a deficit of its own balance sheet uncovered past the time of
        110 § 3 mom.; `None` when it is not known.

    Examples
    --------
    >>> grounds(uncovered=None, latest=Accounts(), before=Accounts(), limits=LIMITS[0]) is None
    True
    >>> grounds(uncovered=True, latest=Accounts(), before=Accounts(), limits=LIMITS[0])
    True
    """
    return some((uncovered, deficit(latest, before, limits), four_figures(latest, before, limits)))


def every(answers: Iterable[bool | None]) -> bool | None:
    """Say whether all hold, where some may be unknown.

    >>> every([True, None]), every([False, None]), every([True, True])
    (None, False, True)
    """
    found = list(answers)
    if False in found:
        return False
    return None if None in found else True


def some(answers: Iterable[bool | None]) -> bool | None:
    """Say whether any holds, where some may be unknown.

    >>> some([False, None]), some([True, None]), some([False, False])
    (None, True, False)
    """
    found = list(answers)
    if True in found:
        return True
    return None if None in found else False


def _exact(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(value))


def _difference(one: float | None, other: float | None) -> Decimal | None:
    left, right = _exact(one), _exact(other)
    return None if left is None or right is None else left - right


def _reaches(value: Decimal | None, limit: Decimal | None) -> bool | None:
    return None if value is None or limit is None else value >= limit


def _below(value: Decimal | None, limit: Decimal) -> bool | None:
    return None if value is None else value < limit
