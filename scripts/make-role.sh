#!/bin/bash
# Run once by the postgres image, on an empty volume. Gleaner's role owns its database and is no superuser: row-level
# security, which keeps workspaces apart, does not hold for one.
set -euo pipefail
psql --set=ON_ERROR_STOP=1 --set=password="$GLEANER_DB_PASSWORD" --username="$POSTGRES_USER" --dbname=postgres <<'SQL'
create role gleaner login createrole nosuperuser nobypassrls password :'password';
create database gleaner owner gleaner;
SQL
