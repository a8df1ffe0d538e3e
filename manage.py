#!/usr/bin/env python
"""Django's commands, against the embedded servers unless others are named."""

import os
import sys

# Commands that change or empty tables run as the owner of the database.
OWNER_COMMANDS = {"migrate", "flush", "sqlflush", "sqlmigrate", "pgtrigger"}


def main() -> None:
    """Find the servers, choose the role, run the command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uso.settings")
    mode = os.environ.get("USO_ENV") or ("production" if "DATABASE_URL" in os.environ else "demo")
    if mode != "production":
        from uso.roof.demo import places, servers

        try:
            servers.ensure()
        except places.ServersError as error:
            raise SystemExit(str(error)) from None
    if set(sys.argv[1:2]) & OWNER_COMMANDS and "DATABASE_OWNER_URL" in os.environ:
        os.environ["DATABASE_URL"] = os.environ["DATABASE_OWNER_URL"]
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
