"""What must hold for every table, read from the database's catalogue."""

import pytest
from django.apps import apps
from django.db import connection

pytestmark = pytest.mark.django_db

# Tables without one municipality's data, each with its reason.
NETWORK_WIDE = {
    "account_emailaddress": "sign-in addresses of users, who may work for several municipalities",
    "account_emailconfirmation": "as account_emailaddress",
    "statistics_dataversion": "public statistics, the same for all",
    "statistics_importrun": "reading of public statistics",
    "statistics_indicator": "catalogue of public statistics",
    "statistics_indicatorevent": "history of the catalogue, who changed what is told",
    "statistics_populationimport": "reading of public statistics",
    "statistics_observation": "public statistics, the same for all",
    "statistics_rawanswer": "public statistics as they came",
    "statistics_source": "publishers of public statistics",
    "auth_group": "Django's own, unused",
    "auth_group_permissions": "Django's own, unused",
    "auth_permission": "Django's own, unused",
    "billing_vatrate": "the law is the same for all",
    "billing_vatrateevent": "history of the rates",
    "django_content_type": "Django's own",
    "django_migrations": "Django's own, read only",
    "django_session": "sessions belong to users",
    "events_event": "the programme is the same for all",
    "events_eventevent": "history of the programme",
    "events_seats": "seats of the whole network, counted without naming anybody",
    "events_seatsevent": "history of how many seats there are",
    "mfa_authenticator": "second factors of users",
    "municipalities_invitation": "read before a scope is open: whoever accepts has no role yet",
    "municipalities_membership": "read before a scope is open: it decides which may be opened",
    "municipalities_membershipevent": "history of memberships, who let whom in",
    "municipalities_municipality": "public facts",
    "municipalities_municipalityevent": "history of public facts: who recorded a merger",
    "municipalities_population": "public facts",
    "municipalities_populationevent": "history of public facts: what stood before a revision",
    "municipalities_user": "users may work for several municipalities",
    "municipalities_user_groups": "Django's own, unused",
    "municipalities_user_user_permissions": "Django's own, unused",
    "municipalities_userevent": "history of users without personal fields",
    "once_usedpress": "whose press made what is at an address: no data, its page asks who may see it",
    "pghistory_context": "unused: the context stands in each event row",
    "seasons_amendment": "how an open season was changed, for everybody to read",
    "seasons_entitlement": "the season's package is the same for all",
    "seasons_entitlementevent": "history of the package",
    "seasons_feetier": "the season's prices are the same for all",
    "seasons_feetierevent": "history of prices",
    "seasons_invitationdocument": "the invitation that anybody may have",
    "seasons_letter": "what coordinators write to many; what each municipality got is in seasons_sentletter",
    "seasons_phase": "programme of the season",
    "seasons_phaseevent": "history of the phases",
    "seasons_season": "the season itself",
    "seasons_seasoncontact": "whom anybody may ask about the season",
    "seasons_seasonevent": "history of seasons",
    "seasons_theme": "programme of the season",
    "seasons_themeevent": "history of the themes",
    "seasons_workshoptheme": "what the season offers workshops on",
    "seasons_workshopthemeevent": "history of the subjects of workshops",
    "socialaccount_socialaccount": "sign-in by OpenID Connect",
    "socialaccount_socialapp": "sign-in by OpenID Connect",
    "socialaccount_socialtoken": "sign-in by OpenID Connect",
    "uso_cache": "limits of signing in, counted before anybody is known",
}
# Read before a scope is open, so they carry a municipality without protection.
CARRY_A_MUNICIPALITY_OPENLY = {
    "municipalities_invitation",
    "municipalities_membership",
    "municipalities_membershipevent",
    "municipalities_population",
    "municipalities_populationevent",
}
OWN = "(municipality_id = ( SELECT uso_municipality() AS uso_municipality))"
POLICIES = {
    ("own_select", "r", OWN, None),
    ("own_insert", "a", None, OWN),
    ("own_update", "w", OWN, OWN),
    ("own_delete", "d", OWN, None),
    ("network", "*", "true", "true"),
}


def rows(sql: str, *parameters: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def protected_tables() -> set[str]:
    return {
        row[0]
        for row in rows(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p') AND relrowsecurity AND relforcerowsecurity"
        )
    }


def all_tables() -> set[str]:
    return {
        row[0]
        for row in rows(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p')"
        )
    }


def test_every_table_is_protected_or_network_wide_with_a_reason():
    assert all_tables() - protected_tables() == set(NETWORK_WIDE)


def test_every_protected_table_has_the_known_policies():
    found: dict[str, set[tuple]] = {}
    for table, *policy in rows(
        "SELECT c.relname, p.polname, p.polcmd::text, pg_get_expr(p.polqual, p.polrelid),"
        " pg_get_expr(p.polwithcheck, p.polrelid)"
        " FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid"
    ):
        found.setdefault(table, set()).add(tuple(policy))

    assert found == dict.fromkeys(protected_tables(), POLICIES)


def test_no_unprotected_table_carries_a_municipality():
    carrying = {
        row[0]
        for row in rows(
            "SELECT table_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name = 'municipality_id'"
        )
    }

    assert carrying - protected_tables() == CARRY_A_MUNICIPALITY_OPENLY


def test_no_unprotected_table_points_to_a_protected_one():
    pointing = rows(
        "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint"
        " WHERE contype = 'f'"
    )
    protected = protected_tables()

    assert [(a, b) for a, b in pointing if b in protected and a not in protected] == []


# The parts of a job belong to municipalities, the job itself to the network.
LOOSE_FOREIGN_KEYS = {("jobs_jobitem", "jobs_job")}


def test_foreign_keys_between_protected_tables_carry_the_municipality():
    protected = protected_tables()
    loose = {
        (child, parent)
        for child, parent, columns in rows(
            "SELECT c.conrelid::regclass::text, c.confrelid::regclass::text,"
            " array_agg(a.attname::text) FROM pg_constraint c"
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)"
            " WHERE c.contype = 'f' GROUP BY c.oid, c.conrelid, c.confrelid"
        )
        if child in protected and parent in protected and "municipality_id" not in columns
    }

    assert loose == LOOSE_FOREIGN_KEYS


MAY_LACK_A_MUNICIPALITY = {"jobs_job", "jobs_jobitem", "mail_message"}  # those of the network


def test_municipality_is_never_null_but_where_the_network_has_rows_too():
    nullable = {
        row[0]
        for row in rows(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND column_name = 'municipality_id' AND is_nullable = 'YES'"
        )
    }

    assert nullable & protected_tables() == MAY_LACK_A_MUNICIPALITY


def test_connected_role_is_powerless():
    role = rows(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,"
        " pg_has_role('uso_app', 'uso_owner', 'MEMBER'),"
        " has_schema_privilege('public', 'CREATE')"
        " FROM pg_roles WHERE rolname = current_user"
    )
    owned = rows("SELECT count(*) FROM pg_class WHERE relowner = 'uso_app'::regrole")
    dangerous = rows(
        "SELECT table_name FROM information_schema.role_table_grants"
        " WHERE grantee IN ('uso_app', 'uso_network')"
        " AND privilege_type IN ('TRUNCATE', 'TRIGGER', 'REFERENCES')"
    )

    assert role == [("uso_app", False, False, False, False, False, False)]
    assert owned == [(0,)]
    assert dangerous == []


def test_no_view_or_function_runs_with_its_owners_rights():
    views = rows(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND (relkind = 'm' OR relkind = 'v'"
        " AND NOT coalesce(reloptions::text LIKE '%%security_invoker=true%%', false))"
    )
    functions = rows(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
    )

    assert views == []
    assert functions == []


def test_history_tables_can_only_grow():
    events = {
        model._meta.db_table
        for model in apps.get_models()
        if model.__name__.endswith("Event") and hasattr(model, "pgh_label")
    }
    changeable = {
        row[0]
        for row in rows(
            "SELECT table_name FROM information_schema.role_table_grants"
            " WHERE grantee IN ('uso_app', 'uso_network') AND privilege_type IN ('UPDATE', 'DELETE')"
        )
    }

    assert events
    assert events & changeable == set()
