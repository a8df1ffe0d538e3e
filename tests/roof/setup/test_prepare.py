"""The demonstration's database: one made by earlier migrations is recognised."""

from types import SimpleNamespace

import pytest

from uso.roof.demo.prepare import refuse_older_database

ON_DISK = {("analysis", "0001_tables"): None, ("auth", "0001_initial"): None}


def loader(*applied):
    return SimpleNamespace(
        applied_migrations=dict.fromkeys(applied),
        disk_migrations=ON_DISK,
        migrated_apps={"analysis", "auth"},
    )


def test_database_of_earlier_migrations_names_the_one_command():
    with pytest.raises(SystemExit, match="Run: make reset"):
        refuse_older_database(loader(("analysis", "0014_review")))


@pytest.mark.parametrize(
    "applied", [[], [("analysis", "0001_tables")], [("template_partials", "0001_initial")]]
)
def test_database_of_todays_migrations_or_of_a_library_that_went_is_taken(applied):
    assert refuse_older_database(loader(*applied)) is None
