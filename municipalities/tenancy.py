"""Tenancy: whose rows the database shows. The only place that opens a scope.

Every table with one municipality's data is under forced row-level security. A scope is a pair
of settings of the current transaction: the municipality, and the role the policies look at.
`crossing.py` opens the other scope, that of the whole network. See docs/architecture.md.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction
from django.db.migrations import RunSQL
from django.http import Http404, HttpResponse

from municipalities.enums import NETWORK_ROLES
from municipalities.models import Municipality
from municipalities.requests import MunicipalityRequest, Request

APP_ROLE = "uso_app"
NETWORK_ROLE = "uso_network"
OWNER_ROLE = "uso_owner"
TENANT_PREFIX = "k/<municipality:slug>/"

# What this thread has open: (municipality id or "", database role or "none").
_open_scope: ContextVar[tuple[str, str]] = ContextVar("open_scope", default=("", "none"))


@contextmanager
def scope(municipality_id: int) -> Iterator[None]:
    """Show and accept this municipality's rows alone, inside one transaction."""
    with _scoped(str(int(municipality_id)), "none"):
        yield


@contextmanager
def network_scope() -> Iterator[None]:
    """Show every municipality's rows. For `crossing.py`, which asks for the reason."""
    with _scoped("", NETWORK_ROLE):
        yield


@contextmanager
def _scoped(municipality_id: str, role: str) -> Iterator[None]:
    before = _open_scope.get()
    outermost = not connection.in_atomic_block  # its commit ends the settings
    with transaction.atomic():
        _set(municipality_id, role)
        token = _open_scope.set((municipality_id, role))
        try:
            yield
        finally:
            _open_scope.reset(token)
        # On an error the rollback restores both settings; a savepoint's release does not.
        if not outermost:
            _set(*before)


def _set(municipality_id: str, role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', %s, true), set_config('uso.municipality', %s, true)",
            [role, municipality_id],
        )


class TenancyMiddleware:
    """Find the municipality of `/k/<slug>/…` through the user's memberships and open its scope.

    The view is called here, inside the scope's transaction, and its template rendered: a view
    that raises leaves nothing behind, and sessions and messages stay outside.
    """

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.municipality = None  # none but below /k/<slug>/
        return self.get_response(request)

    def process_view(
        self,
        request: MunicipalityRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Answer 404 to whoever holds no role in the municipality; else call the view in scope."""
        match = request.resolver_match
        if match is None or not match.route.startswith(TENANT_PREFIX):
            return None
        municipality, roles = _find(request, kwargs.pop("slug"))
        request.municipality, request.roles = municipality, roles
        with scope(municipality.pk):
            response = view(request, *args, **kwargs)
            if callable(getattr(response, "render", None)):
                response = response.render()  # type: ignore[attr-defined]
        return response


def _find(request: Request, slug: str) -> tuple[Municipality, frozenset[str]]:
    here = [m for m in request.memberships if m.municipality and m.municipality.slug == slug]
    municipality = here[0].municipality if here else None
    if municipality is None and request.roles & NETWORK_ROLES:
        municipality = Municipality.objects.filter(slug=slug).first()
    if municipality is None:
        raise Http404
    return municipality, request.roles | {m.role for m in here}


# -- Migration operations --------------------------------------------------------------------------


def Protect(app: str, model: str, *, append_only: bool = False) -> RunSQL:
    """Force row-level security on a table with a `municipality_id` (migration operation).

    Parameters
    ----------
    app, model
        As in a migration; the table is `<app>_<model>`.
    append_only
        For tables of history: the application may add rows, never change or delete them.
    """
    table = f"{app}_{model.lower()}"
    own = "municipality_id = (SELECT uso_municipality())"
    sql = f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY own_select ON {table} FOR SELECT TO {APP_ROLE} USING ({own});
        CREATE POLICY own_insert ON {table} FOR INSERT TO {APP_ROLE} WITH CHECK ({own});
        CREATE POLICY own_update ON {table} FOR UPDATE TO {APP_ROLE} USING ({own}) WITH CHECK ({own});
        CREATE POLICY own_delete ON {table} FOR DELETE TO {APP_ROLE} USING ({own});
        CREATE POLICY network ON {table} FOR ALL TO {NETWORK_ROLE}, {OWNER_ROLE}
            USING (true) WITH CHECK (true);
    """
    if append_only:
        sql += _append_only(table)
    else:
        sql += f"""
        ALTER TABLE {table} ADD CONSTRAINT {table}_tenant UNIQUE (id, municipality_id);"""
    return RunSQL(sql, reverse_sql=RunSQL.noop)


def AppendOnly(app: str, model: str) -> RunSQL:
    """Let the application add rows to a table of history, never change them (migration operation)."""
    return RunSQL(_append_only(f"{app}_{model.lower()}"), reverse_sql=RunSQL.noop)


def _append_only(table: str) -> str:
    return f"REVOKE UPDATE, DELETE ON {table} FROM {APP_ROLE}, {NETWORK_ROLE};"


def TenantForeignKey(app: str, model: str, field: str, parent: str) -> RunSQL:
    """Tie a child to a parent of the same municipality (migration operation).

    Foreign keys are checked past row-level security, so a plain one lets a row point to another
    municipality's. The Django field carries `db_constraint=False`.
    """
    table = f"{app}_{model.lower()}"
    parent_table = parent.replace(".", "_").lower()
    return RunSQL(
        f"""ALTER TABLE {table} ADD CONSTRAINT {table}_{field}_tenant
            FOREIGN KEY ({field}_id, municipality_id)
            REFERENCES {parent_table} (id, municipality_id) DEFERRABLE INITIALLY DEFERRED""",
        reverse_sql=f"ALTER TABLE {table} DROP CONSTRAINT {table}_{field}_tenant",
    )
