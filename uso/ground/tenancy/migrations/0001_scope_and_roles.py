"""The function the policies ask, and what the two roles of the application may do at all.

Every app's tables come after it: the default privileges are theirs.
"""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

SCOPE_FUNCTION = """
CREATE FUNCTION uso_municipality() RETURNS bigint LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    opened text := current_setting('uso.municipality', true);
BEGIN
    -- After one SET LOCAL in a session the setting is '' and no longer missing.
    IF opened IS NULL OR opened = '' THEN
        RAISE EXCEPTION 'no municipality scope is open' USING ERRCODE = '42501';
    END IF;
    RETURN opened::bigint;
END $$;
"""

GRANTS = """
GRANT USAGE ON SCHEMA public TO uso_app, uso_network;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO uso_app, uso_network;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO uso_app, uso_network;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO uso_app, uso_network;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO uso_app, uso_network;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM uso_app, uso_network;
"""


class Migration(migrations.Migration):

    operations = [
        BtreeGistExtension(),
        migrations.RunSQL(SCOPE_FUNCTION, reverse_sql="DROP FUNCTION uso_municipality()"),
        migrations.RunSQL(GRANTS, reverse_sql=migrations.RunSQL.noop),
    ]
