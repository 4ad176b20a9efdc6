#!/bin/bash
# Run once by the PostgreSQL image on an empty cluster: a role that is no superuser, whom row-level
# security therefore binds, and its database.
set -euo pipefail

psql -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" -v password="$POSTGRES_PASSWORD" <<'SQL'
CREATE ROLE martlet LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE martlet OWNER martlet ENCODING 'UTF8';
REVOKE ALL ON DATABASE martlet FROM PUBLIC;
SQL
