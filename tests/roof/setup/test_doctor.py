"""`manage.py doctor`: one plain line a thing, how to mend it, and exit code 0 only if all is well."""

from datetime import timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.database import as_owner
from uso.ground.jobs import pulse
from uso.ground.mail.models import Message, MessageState
from uso.management.commands import doctor
from uso.roof.doctor import database, machine, workers
from uso.roof.doctor.finding import Finding


def lines(examination) -> list[str]:
    return [str(finding) for finding in examination()]


# -- The command -----------------------------------------------------------------------------------


def test_doctor_ends_well_when_all_is_well(monkeypatch):
    monkeypatch.setattr(doctor, "EXAMINATIONS", (lambda: iter([Finding("disk", "roomy")]),))
    out = StringIO()

    call_command("doctor", stdout=out)

    assert out.getvalue() == "ok    disk: roomy\n"


def test_doctor_names_what_to_mend_and_goes_on(monkeypatch):
    def mail():
        raise ConnectionRefusedError("[Errno 111] Connection refused\nmore")

    def disk():
        yield Finding("disk", "full.", "Make room.")

    monkeypatch.setattr(doctor, "EXAMINATIONS", (mail, disk))
    out = StringIO()

    with pytest.raises(CommandError, match=r"^2 to mend\.$"):
        call_command("doctor", stdout=out)

    assert out.getvalue().splitlines() == [
        "MEND  mail: ConnectionRefusedError: [Errno 111] Connection refused"
        " See docs/operations.md, what doctor says.",
        "MEND  disk: full. Make room.",
    ]


# -- Database --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_database_of_the_tests_is_well():
    assert lines(database.version)[0].startswith("ok    database: PostgreSQL 18.")
    assert lines(database.roles) == [
        "ok    database role: uso_app owns nothing and bypasses nothing."
    ]
    assert lines(database.migrations) == ["ok    migrations: all applied"]
    assert lines(database.policies)[0].startswith("ok    row-level security: forced on ")
    assert lines(database.outbox) == ["ok    outbox: nothing left behind"]


@pytest.mark.django_db
def test_old_postgres_is_named(monkeypatch):
    monkeypatch.setattr(database, "_rows", lambda sql: [(150004,)])

    assert lines(database.version) == [
        "MEND  database: PostgreSQL 15.4 PostgreSQL 16 or newer is needed."
    ]


@pytest.mark.django_db(transaction=True)
def test_owner_as_application_role_is_named():
    with as_owner():
        (line,) = lines(database.roles)

    assert line.startswith(
        "MEND  database role: uso_owner may create databases, is a member of uso_owner, owns tables"
    )
    assert line.endswith("DATABASE_URL must name uso_app. See docs/operations.md, roles.")


@pytest.mark.django_db
def test_missing_migration_is_named(monkeypatch):
    monkeypatch.setattr(
        "django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *_: [1, 2]
    )

    assert lines(database.migrations) == ["MEND  migrations: 2 not applied. Run: manage.py migrate"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tables", "named"),
    [
        ([("a", True, 5), ("b", False, 5), ("c", True, 4)], "b, c"),
        ([], "no table at all"),
    ],
)
def test_table_that_lost_its_protection_is_named(monkeypatch, tables, named):
    monkeypatch.setattr(database, "_rows", lambda sql: tables)

    assert lines(database.policies)[0].startswith(
        f"MEND  row-level security: not protected: {named}."
    )


@pytest.mark.django_db
def test_messages_left_behind_are_counted(network):
    hour_ago = timezone.now() - timedelta(hours=1)
    for key, state in (("a", MessageState.FAILED), ("b", MessageState.SENDING)):
        Message.objects.create(
            key=key, template="x", language="fi", to_email="a@example.fi", subject="x",
            body_text="x", state=state, claimed_at=hour_ago,
        )  # fmt: skip

    (line,) = lines(database.outbox)

    assert line.startswith("MEND  outbox: 1 messages not sent, 1 cut off while being sent.")


# -- Queue and clock -------------------------------------------------------------------------------


def test_broker_of_the_tests_is_well():
    (line,) = lines(workers.broker)

    assert line.startswith("ok    queue: valkey 9.")
    assert line.endswith("kept on disk")


def test_broker_that_forgets_is_named(monkeypatch):
    answers = {"server": {"redis_version": "7.2.4"}, "persistence": {"aof_enabled": 0}}
    monkeypatch.setattr("redis.Redis.info", lambda self, section: answers[section])

    assert lines(workers.broker) == [
        "MEND  queue: redis 7.2.4 forgets all when it stops. Set: appendonly yes"
    ]


def test_queue_without_workers_is_named(monkeypatch):
    taken = {"default@a": [{"name": "default"}], "default@b": [{"name": "default"}]}
    answer = SimpleNamespace(active_queues=lambda: taken)
    monkeypatch.setattr(workers.current_app.control, "inspect", lambda timeout: answer)

    assert lines(workers.workers) == [
        "ok    workers of default: default@a, default@b",
        "MEND  workers of pdf: nobody takes from it."
        " Start: celery -A uso worker -Q pdf (or `make run`).",
    ]


@pytest.mark.parametrize(
    ("age", "start"),
    [
        (None, "MEND  clock: has not had anything done yet."),
        (timedelta(seconds=20), "ok    clock: last had something done 20 s ago"),
        (timedelta(minutes=6), "MEND  clock: last had something done 360 s ago — too long."),
    ],
)
def test_clock_is_well_when_it_went_off_lately(settings, age, start):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    if age is not None:
        pulse.note()
        cache.set(pulse.KEY, timezone.now() - age)

    (line,) = lines(workers.clock)

    assert line.startswith(start)


# -- Machine ---------------------------------------------------------------------------------------


def test_machine_of_the_tests_is_well():
    found = [
        finding
        for look in (machine.mail, machine.typeface, machine.pdf_libraries)
        for finding in look()
    ]

    assert [finding.what for finding in found if finding.good] == ["mail", "typeface", "PDF"]


def test_missing_typeface_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(machine, "font_path", lambda style: tmp_path / f"{style}.ttf")

    assert lines(machine.typeface) == [
        "MEND  typeface: missing Regular.ttf, Bold.ttf. Run: python -m uso.ground.lib.fonts"
    ]


def test_missing_harfbuzz_subset_is_named(monkeypatch):
    monkeypatch.setattr("weasyprint.text.ffi.harfbuzz_subset", None)

    (line,) = lines(machine.pdf_libraries)

    assert line.endswith("slowly. Run: sudo apt-get install --yes libharfbuzz-subset0")


@pytest.mark.parametrize(
    ("manifest", "line"),
    [
        (None, "ok    static files: served from their sources"),
        ({"a": "a.1"}, "ok    static files: 1 collected"),
        ({}, "MEND  static files: none collected. Run: manage.py collectstatic --no-input"),
    ],
)
def test_static_files(monkeypatch, manifest, line):
    monkeypatch.setattr(machine, "staticfiles_storage", SimpleNamespace(hashed_files=manifest))

    assert lines(machine.static_files) == [line]


def test_browser_is_a_note_alone(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)

    assert lines(machine.browser) == [
        "ok    browser for tests: none; only `make test` needs it (apt: chromium)"
    ]


@pytest.mark.parametrize(("free", "mark"), [(3 * 1024**3, "ok  "), (1024**3, "MEND")])
def test_disk(monkeypatch, free, mark):
    monkeypatch.setattr("shutil.disk_usage", lambda place: SimpleNamespace(free=free))

    (line,) = lines(machine.disk)

    assert line.startswith(f"{mark}  disk: {free / 1024**3:.1f} GB free under ")
