#!/bin/sh
# Runs once, when the database container makes its data: the three roles, their passwords, the database.
set -eu
psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres --quiet \
  --file "${USO_ROLES_SQL:-/uso/roles.sql}"
psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres --quiet <<'SQL'
\getenv owner USO_OWNER_PASSWORD
\getenv app USO_APP_PASSWORD
ALTER ROLE uso_owner NOCREATEDB PASSWORD :'owner';
ALTER ROLE uso_app PASSWORD :'app';
SQL
