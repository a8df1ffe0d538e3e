"""`make check`: every gate but the tests. All run, also after one has failed; the end says which."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from uso.roof.demo.places import ROOT

BIN = Path(sys.executable).parent
# What production would name; the check reads the settings and reaches none of these.
PRODUCTION = {
    "USO_ENV": "production",
    "USO_SECRET_KEY": "only-for-the-check-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG",
    "USO_BASE_URL": "https://uso.example.fi",
    "USO_ALLOWED_HOSTS": "uso.example.fi",
    "USO_EMAIL_URL": "smtp://mail.example.fi:587",
    "USO_EMAIL_FROM": "uso@example.fi",
    "DATABASE_URL": "postgres://uso_app@localhost/uso",
    "REDIS_URL": "redis://localhost:6379/0",
}


@dataclass(frozen=True)
class Gate:
    """One check, by the name a person reads."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """How one check ended."""

    gate: Gate
    passed: bool
    seconds: float
    words: str


def gates() -> list[Gate]:
    """Return the checks, the slow ones first so that they run beside the quick ones."""
    names = ("ruff", "lint-imports", "deptry", "djlint", "hadolint")
    program = {name: str(BIN / name) for name in names}
    django = (sys.executable, "manage.py")
    return [
        Gate("types", (sys.executable, "-m", "mypy", "."), PRODUCTION),
        Gate("migrations", (*django, "makemigrations", "--check", "--dry-run")),
        Gate("deployment", (*django, "check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
        Gate("translations", (*django, "messages", "--check"), PRODUCTION),
        Gate("format", (program["ruff"], "format", "--check", ".")),
        Gate("lint", (program["ruff"], "check", ".")),
        Gate("imports", (program["lint-imports"],)),
        Gate("dependencies", (program["deptry"], ".", "--no-ansi")),
        Gate("unused", (sys.executable, "-m", "uso.roof.demo.unused")),
        Gate("template format", (program["djlint"], "templates", "--check", "--quiet")),
        Gate("template lint", (program["djlint"], "templates", "--lint", "--quiet")),
        Gate("Dockerfile", (program["hadolint"], "Dockerfile")),
    ]


def main(names: list[str]) -> int:
    """Run the named checks, or all; return the exit code."""
    wanted = [gate for gate in gates() if not names or gate.name in names]
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        outcomes = [show(outcome) for outcome in pool.map(run, wanted)]
    failed = [outcome.gate.name for outcome in outcomes if not outcome.passed]
    print(f"\nFailed: {', '.join(failed)}" if failed else f"\nAll {len(outcomes)} checks passed")
    return 1 if failed else 0


def run(gate: Gate) -> Outcome:
    began = time.monotonic()
    done = subprocess.run(
        gate.command,
        cwd=ROOT,
        env=os.environ | gate.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(gate, done.returncode == 0, time.monotonic() - began, done.stdout.strip())


def show(outcome: Outcome) -> Outcome:
    """Say how a check ended, with its words only if it failed."""
    mark = "ok  " if outcome.passed else "FAIL"
    print(f"{mark} {outcome.gate.name} ({outcome.seconds:.1f} s)", flush=True)
    if not outcome.passed:
        print(f"{outcome.words}\n", flush=True)
    return outcome


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
