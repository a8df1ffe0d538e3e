"""Bring database, demonstration and static files up to date, all in one process.

A start of Django costs seconds here, so what changes rarely is asked for before it is done.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from uso.roof.demo.places import CLONE, ROOT


def main() -> None:
    """Migrate, collect and load what is not there yet, and print the sign-ins."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uso.settings")
    django.setup()
    migrate()
    collect_static()
    load_demonstration()


def migrate() -> None:
    """Run the migrations that are missing, as the owner in a process of its own."""
    steps = missing_migrations()
    if steps:
        say(f"Migrating the database ({steps}) …")
        command = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, check=True)


def missing_migrations() -> str:
    """Say what is missing, in words; nothing where the database is up to date."""
    try:
        executor = MigrationExecutor(connection)
        refuse_older_database(executor.loader)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:  # a first migration that was cut short has granted us nothing yet
        return "anew"
    finally:
        connection.close()
    return f"{len(plan)} steps" if plan else ""


def refuse_older_database(loader: MigrationLoader) -> None:
    """End with the one command to run where the database knows migrations that are no more."""
    unknown = set(loader.applied_migrations) - set(loader.disk_migrations)
    if any(app in loader.migrated_apps for app, _name in unknown):
        raise SystemExit(
            "The demonstration's database was made by an earlier version. Run: make reset"
        )


def load_demonstration() -> None:
    """Load the facts and the demonstration season; both change nothing the second time."""
    if "load_demo" in get_commands():
        say("Loading the demonstration season …")
        call_command("load_demo")


def collect_static() -> None:
    """Collect the static files if any has changed since the last time."""
    stamp = CLONE.var / "collected.stamp"
    wanted = static_inputs()
    if stamp.exists() and stamp.read_text() == wanted and Path(settings.STATIC_ROOT).exists():
        return
    say("Collecting static files …")
    call_command("collectstatic", "--no-input", "--clear", verbosity=0)
    stamp.write_text(wanted)


def static_inputs() -> str:
    """Return a digest of the packages' versions and of our own static files."""
    digest = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    digest.update(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for path in sorted(own_static_files()):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def own_static_files() -> Iterator[Path]:
    folders = [Path(folder) for folder in settings.STATICFILES_DIRS]
    folders += [Path(app.path) / "static" for app in apps.get_app_configs()]
    for folder in folders:
        if folder.is_relative_to(ROOT) and ".venv" not in folder.parts:
            yield from (path for path in folder.rglob("*") if path.is_file())


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
