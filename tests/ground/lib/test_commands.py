"""Commands tell what went wrong in one plain English line."""

import pytest
from django.core.management import CommandError
from django.db import connection
from django.utils import translation

from uso.ground.lib.commands import plainly
from uso.ground.lib.errors import RuleViolation


def test_refusal_is_one_line():
    with pytest.raises(CommandError, match=r"^Two lines\.$"), plainly():
        raise RuleViolation("Two\n  lines.")


@pytest.mark.django_db
def test_error_of_the_database_says_so():
    with (
        pytest.raises(CommandError, match=r'^The database refused: column "x" does not'),
        plainly(),
    ):
        connection.cursor().execute("SELECT x")


def test_other_errors_stay_what_they_are():
    with pytest.raises(KeyError), plainly():
        raise KeyError("x")


def test_commands_speak_english():
    with translation.override("fi"), plainly():
        assert translation.get_language() == "en"
