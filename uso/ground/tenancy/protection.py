"""Operations of migrations that put a municipality's rows under row-level security."""

from django.db.migrations import RunSQL

from uso.ground.tenancy.scope import APP_ROLE, NETWORK_ROLE, OWNER_ROLE


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


def Erasable(app: str, model: str) -> RunSQL:
    """Let the network's scope delete rows of an append-only table once their term is over (operation)."""
    table = f"{app}_{model.lower()}"
    return RunSQL(
        f"GRANT DELETE ON {table} TO {NETWORK_ROLE}",
        reverse_sql=f"REVOKE DELETE ON {table} FROM {NETWORK_ROLE}",
    )


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
