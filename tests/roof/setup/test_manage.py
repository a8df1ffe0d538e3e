"""manage.py: finds the servers, and connects as the owner for commands that change tables."""

import runpy
import sys

import pytest

from uso.roof.demo import servers
from uso.roof.demo.places import ROOT, ServersError


@pytest.fixture
def manage(monkeypatch):
    """Run manage.py with its arguments; return the address the command would connect to."""
    asked = []
    monkeypatch.setattr(servers, "ensure", lambda: asked.append("servers"))

    def run(*arguments, **environment):
        for name in ("USO_ENV", "DATABASE_URL", "DATABASE_OWNER_URL"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["manage.py", *arguments])
        command = "django.core.management.execute_from_command_line"
        used = []
        monkeypatch.setattr(
            command, lambda argv: used.append(sys.modules["os"].environ.get("DATABASE_URL"))
        )
        runpy.run_path(str(ROOT / "manage.py"), run_name="__main__")
        return asked, used[0]

    return run


def test_demonstration_joins_the_servers(manage):
    assert manage("shell") == (["servers"], None)


def test_production_touches_no_embedded_server(manage):
    assert manage("shell", DATABASE_URL="postgres://app") == ([], "postgres://app")
    assert manage("shell", USO_ENV="production") == ([], None)


@pytest.mark.parametrize("command", ["migrate", "flush", "sqlmigrate"])
def test_commands_that_change_tables_connect_as_the_owner(manage, command):
    urls = {"DATABASE_URL": "postgres://app", "DATABASE_OWNER_URL": "postgres://owner"}

    assert manage(command, **urls)[1] == "postgres://owner"
    assert manage("import_population", **urls)[1] == "postgres://app"


def test_migrate_without_an_owner_keeps_the_address_given(manage):
    assert manage("migrate", DATABASE_URL="postgres://app")[1] == "postgres://app"


def test_servers_that_cannot_start_are_one_plain_line(manage, monkeypatch):
    def fail():
        raise ServersError("No room.")

    monkeypatch.setattr(servers, "ensure", fail)

    with pytest.raises(SystemExit, match=r"^No room\.$"):
        manage("shell")
