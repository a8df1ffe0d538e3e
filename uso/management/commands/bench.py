"""Run the benchmarks, each held against a floor taken in the same run."""

import contextlib
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from uso.roof.bench import registry
from uso.roof.bench.own_database import own_database


class Command(BaseCommand):
    help = "Run the named benchmarks, or all; a figure over its budget makes the exit code 1."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help="which ones; none: all")
        parser.add_argument("--list", action="store_true", help="only say what there is")
        parser.add_argument("--json", action="store_true", help="one object a line, for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        known = registry.load()
        if unknown := set(options["names"]) - set(known):
            raise CommandError(
                f"No benchmark is called {', '.join(sorted(unknown))}. Known: {', '.join(known)}"
            )
        chosen = [known[name] for name in options["names"] or known]
        if options["list"]:
            self.tell(chosen)
            return
        over = sum(not measured.good for measured in self.measure(chosen, as_json=options["json"]))
        if over:
            raise CommandError(f"{over} over budget.")

    def tell(self, chosen: list[registry.Benchmark]) -> None:
        for entry in chosen:
            first_line = (entry.run.__doc__ or "").strip().split("\n")[0]
            self.stdout.write(f"{entry.name}: {first_line}")

    def measure(
        self, chosen: list[registry.Benchmark], *, as_json: bool
    ) -> list[registry.Measured]:
        """Run in turn, each with a database of its own, and print what was found at once."""
        found = []
        for entry in chosen:
            with own_database() if entry.needs_database else contextlib.nullcontext():
                for measured in entry.run():
                    found.append(measured)
                    line = json.dumps({"name": entry.name} | measured.as_json(), ensure_ascii=False)
                    self.stdout.write(line if as_json else str(measured))
        return found
