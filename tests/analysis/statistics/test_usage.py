"""Who uses the indicators."""

import pytest

from analysis.statistics import usage
from analysis.statistics.usage import EditionCount, IndicatorUser


@pytest.fixture
def users(monkeypatch):
    """Nobody uses the indicators."""
    registered = []
    monkeypatch.setattr(usage, "_users", registered)
    return registered


def user(**needs: tuple[str, ...]) -> IndicatorUser:
    """Return a user whose editions are counted by the keys asked for: one draft, and one published for each key."""
    return IndicatorUser(needs, lambda keys: EditionCount(drafts=1, published=len(keys)))


def test_without_users_nothing_is_derived_and_no_edition_displays_an_indicator(users):
    assert usage.derived_measure_keys() == set()
    assert usage.measures_derived_from("population") == []
    assert usage.count_editions_displaying("population") == EditionCount(drafts=0, published=0)


def test_measures_of_every_user_are_derived_from_the_indicators_they_need(users):
    usage.register(user(change=("population",), density=("population", "land")))
    usage.register(user(aged=("share_65_plus",)))

    assert usage.derived_measure_keys() == {"change", "density", "aged"}
    assert usage.measures_derived_from("population") == ["change", "density"]
    assert usage.measures_derived_from("land") == ["density"]


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("share_15_64", "working-age"),  # the catalogue gives it a key
        ("share_65_plus", "share-65-plus"),
        ("own_indicator", "own-indicator"),  # not of the catalogue
    ],
)
def test_indicator_is_displayed_by_its_own_measure_and_those_derived_from_it(users, code, key):
    usage.register(user(change=(code,), other=("population",)))

    assert usage.measures_displaying(code) == [key, "change"]


def test_editions_of_every_user_are_added_up(users):
    usage.register(user(change=("population",)))
    usage.register(user())

    # Both are asked for the measure of its own and for the derived one.
    assert usage.count_editions_displaying("population") == EditionCount(drafts=2, published=4)


def test_situation_analysis_is_registered_with_what_it_derives():
    assert usage.measures_derived_from("net_migration_domestic") == ["net-migration"]
    assert "dependency-ratio" in usage.derived_measure_keys()
