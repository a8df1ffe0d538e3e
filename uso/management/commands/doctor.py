"""Look whether everything the service needs is there and well, and say what to mend."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from uso.roof.doctor import database, machine, workers
from uso.roof.doctor.finding import Finding

EXAMINATIONS: tuple[Callable[[], Iterator[Finding]], ...] = (
    database.version,
    database.roles,
    database.migrations,
    database.policies,
    database.outbox,
    workers.broker,
    workers.workers,
    workers.clock,
    machine.mail,
    machine.typeface,
    machine.pdf_libraries,
    machine.static_files,
    machine.browser,
    machine.disk,
)


def examine(examination: Callable[[], Iterator[Finding]]) -> list[Finding]:
    """Return the findings of one examination; one that cannot be made is a finding too."""
    try:
        return list(examination())
    except Exception as error:  # noqa: BLE001 -- the doctor goes on to the next thing
        reason = f"{type(error).__name__}: {error}".split("\n")[0]
        name = examination.__name__.replace("_", " ")
        return [Finding(name, reason, "See docs/operations.md, what doctor says.")]


class Command(BaseCommand):
    help = (
        "Look at servers, roles, workers, mail, typeface, PDF libraries and disk; say what to mend."
    )
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        findings = [finding for look in EXAMINATIONS for finding in examine(look)]
        for finding in findings:
            self.stdout.write(str(finding))
        faults = sum(not finding.good for finding in findings)
        if faults:
            raise CommandError(f"{faults} to mend.")
