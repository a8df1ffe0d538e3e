"""The doctor's look at PostgreSQL: version, roles, migrations, policies, messages left behind."""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from uso.ground.tenancy.scope import NETWORK_ROLE, OWNER_ROLE
from uso.roof.doctor.finding import Finding
from uso.roof.doctor.queries import unsent_messages

OLDEST_POSTGRES = 16
DBA = "See docs/operations.md, roles."


def version() -> Iterator[Finding]:
    """Say which PostgreSQL answers."""
    ((number,),) = _rows("SELECT current_setting('server_version_num')::int")
    found = f"PostgreSQL {number // 10000}.{number % 10000}"
    old = number // 10000 < OLDEST_POSTGRES
    yield Finding("database", found, f"PostgreSQL {OLDEST_POSTGRES} or newer is needed." * old)


def roles() -> Iterator[Finding]:
    """Say whether the application connects as one that can neither bypass nor own anything."""
    (name, *powers), *_ = _rows(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, "
        "pg_has_role(oid, %s, 'MEMBER'), "
        "EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid), "
        "NOT pg_has_role(oid, %s, 'SET') FROM pg_roles WHERE rolname = current_user",
        OWNER_ROLE,
        NETWORK_ROLE,
    )
    words = (
        "is superuser",
        "bypasses row-level security",
        "may create roles",
        "may create databases",
        f"is a member of {OWNER_ROLE}",
        "owns tables",
        f"may not become {NETWORK_ROLE}",
    )
    faults = [word for word, has in zip(words, powers, strict=True) if has]
    found = f"{name} {', '.join(faults) or 'owns nothing and bypasses nothing'}."
    yield Finding(
        "database role", found, f"DATABASE_URL must name uso_app. {DBA}" if faults else ""
    )


def migrations() -> Iterator[Finding]:
    """Say whether the tables are those the code expects."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    found = f"{len(missing)} not applied." if missing else "all applied"
    yield Finding("migrations", found, "Run: manage.py migrate" if missing else "")


def policies() -> Iterator[Finding]:
    """Say whether each table under row-level security is forced and has its five policies."""
    tables = _rows(
        "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,"
        " count(p.oid) FILTER (WHERE p.polcmd IN ('r', 'a', 'w', 'd', '*'))"
        " FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
        " AND (c.relrowsecurity OR p.oid IS NOT NULL) GROUP BY c.oid"
    )
    open_ones = sorted(name for name, forced, count in tables if not forced or count < 5)
    if open_ones or not tables:
        found = f"not protected: {', '.join(open_ones) or 'no table at all'}."
        yield Finding(
            "row-level security", found, "Run: manage.py migrate; then look who changed it."
        )
    else:
        yield Finding("row-level security", f"forced on {len(tables)} tables")


def outbox() -> Iterator[Finding]:
    """Name messages that were given up, or were being sent when a worker was killed."""
    failed, cut_off = unsent_messages(at=timezone.now())
    if failed or cut_off:
        found = f"{failed} messages not sent, {cut_off} cut off while being sent."
        yield Finding("outbox", found, "Their rows in the outbox say why; send them again.")
    else:
        yield Finding("outbox", "nothing left behind")


def _rows(sql: str, *parameters: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
