#!/usr/bin/env bash
# graphile-worker 0.17.3 and pg_dump, pg_restore and PostgreSQL 15.20 of Debian 12 (packages postgresql-15 and postgresql-client-15, unpacked into
# the folder). Needs Node 20 or later, apt-get, and the libraries that `apt-get install postgresql-15` brings, such as libpq5.
#
# Good guess: a role that has pg_read_all_data, which exists for that, can back up an application's database; a dump that ends with code 0 is whole;
# and one made with --no-owner --no-privileges names no role, so that a new server takes it.
# Behaviour: graphile-worker enables row security on its tables, and pg_read_all_data does not pass it. pg_dump stops at them. With
# --enable-row-security, which the manual names for that case, it ends with code 0 and says nothing, and the queue is empty in the dump: mail
# and whatever else was waiting is lost. A policy of such a table is no privilege: `CREATE POLICY ... TO app` stays in the dump, and a restore in one
# transaction, or one that stops at the first error, leaves an empty database on a server without that role.
# Output seen: "pg_read_all_data: code 1, 0 jobs", "--enable-row-security: code 0, 0 jobs", "BYPASSRLS: code 0, 1 jobs", "new server: code 1, role "app"
# does not exist, 0 tables". Documented by PostgreSQL one by one (pg_dump, predefined roles); --no-policies came with 18.
# Cure: BYPASSRLS for the role of backups, or the owner; policies for PUBLIC, with grants that say who; restore once, to a server that knows nothing.
set -euo pipefail
folder=$(mktemp -d)
cluster=""
programs=$folder/usr/lib/postgresql/15/bin
as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME="$folder" "$@"; else "$@"; fi; }
finish() {
  [ -z "$cluster" ] || as "$programs/pg_ctl" -D "$cluster" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap finish EXIT
cd "$folder"
apt-get download postgresql-15 postgresql-client-15 >/dev/null 2>&1
for package in *.deb; do dpkg-deb -x "$package" .; done
npm init -y >/dev/null
npm install --silent --no-audit --no-fund graphile-worker@0.17.3 >/dev/null
chmod 755 "$folder"
mkdir data && chmod 777 data
export PGHOST=$folder/data PGUSER=owner PGDATABASE=shop

start() { # a new server, on a socket in the folder alone
  as "$programs/initdb" -D "data/$1" -A trust -U owner --no-sync >/dev/null
  as "$programs/pg_ctl" -w -D "data/$1" -o "-k $folder/data -c listen_addresses= -c fsync=off" -l "data/$1.log" start >/dev/null
  cluster=data/$1
  "$programs/psql" -q -d postgres -c "create database shop"
}
expect() {
  echo "$1"
  [ "$1" = "$2" ] || { echo "the behaviour has changed: $2" >&2; exit 1; }
}
jobs() { # what a dump by the role of backups holds of the queue
  local code=0 name=$1
  shift
  PGUSER=backup "$programs/pg_dump" --no-owner --no-privileges "$@" >dump.sql 2>said.txt || code=$?
  echo "$name: code $code, $(sed -n '/^COPY graphile_worker._private_jobs /,/^\\\.$/p' dump.sql | grep -c '^[0-9]' || true) jobs"
}

start first
"$programs/pg_dump" --version
node_modules/.bin/graphile-worker --schema-only -c "postgres://owner@/shop?host=$PGHOST" >/dev/null 2>&1
"$programs/psql" -q <<'SQL' >/dev/null
create role app;
create role backup login;
grant pg_read_all_data to backup;
create policy app on graphile_worker._private_jobs to app using (true) with check (true);
select graphile_worker.add_job('mail', '{"to": "nina"}');
SQL
expect "$(jobs pg_read_all_data)" "pg_read_all_data: code 1, 0 jobs"
grep -q "would be affected by row-level security policy" said.txt
expect "$(jobs --enable-row-security --enable-row-security)" "--enable-row-security: code 0, 0 jobs"
[ ! -s said.txt ]
"$programs/psql" -q -c "alter role backup bypassrls"
expect "$(jobs BYPASSRLS)" "BYPASSRLS: code 0, 1 jobs"

as "$programs/pg_ctl" -D "$cluster" -m fast stop >/dev/null
start second
code=0
"$programs/psql" -q --single-transaction --set ON_ERROR_STOP=1 -f dump.sql >/dev/null 2>said.txt || code=$?
role=$(grep -o 'role "app" does not exist' said.txt || true)
tables=$("$programs/psql" -At -c "select count(*) from pg_tables where schemaname = 'graphile_worker'")
expect "new server: code $([ "$code" = 0 ] && echo 0 || echo 1), $role, $tables tables" 'new server: code 1, role "app" does not exist, 0 tables'
