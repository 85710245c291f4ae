#!/usr/bin/env bash
# postgres 3.4.9 (postgres.js) and pg 8.23.1 with pg-connection-string 2.14.1, on PostgreSQL 15 of Debian 12 (package postgresql-15, unpacked into the
# folder) with a certificate that it signed itself. Needs Node 20 or later, apt-get, openssl, and the libraries that postgresql-15 brings.
#
# Good guess: two drivers in one program, such as an ORM on postgres.js beside a job queue on pg, read one DATABASE_URL the same way, as libpq does.
# Behaviour: with `sslmode=require` postgres.js takes any certificate, as libpq does, and pg checks it like `verify-full`: half of the program works and
# the other half stops with DEPTH_ZERO_SELF_SIGNED_CERT. What pg offers instead does not help both: `no-verify` is checked in full by postgres.js, and
# `uselibpqcompat=true` is sent on by it to the server as a setting, which refuses the connection (42704), as it does for
# `channel_binding`, which stands in addresses that hosted databases show; pg takes no notice of that one. `sslrootcert` is read by pg alone.
# Output seen: the table that is printed.
# Known: pg warns that it will read `require` as libpq does from its next major version; for postgres.js it is how it treats any unknown parameter.
# Cure: read sslmode once, and give each driver its own address or `ssl` object; NODE_EXTRA_CA_CERTS with `verify-full` is understood by both.
set -euo pipefail
folder=$(mktemp -d)
programs=$folder/usr/lib/postgresql/15/bin
as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME="$folder" "$@"; else "$@"; fi; }
finish() {
  as "$programs/pg_ctl" -D "$folder/data/db" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap finish EXIT
cd "$folder"
apt-get download postgresql-15 >/dev/null 2>&1
dpkg-deb -x postgresql-15*.deb .
npm init -y >/dev/null
npm install --silent --no-audit --no-fund postgres@3.4.9 pg@8.23.1 pg-connection-string@2.14.1 >/dev/null
chmod 755 "$folder"
mkdir data && chmod 777 data
as "$programs/initdb" -D data/db -A trust -U owner --no-sync >/dev/null
as openssl req -new -x509 -days 2 -nodes -subj /CN=localhost -addext "subjectAltName=DNS:localhost" \
  -out data/db/server.crt -keyout data/db/server.key 2>/dev/null
as cp data/db/server.crt data/ca.pem
as chmod 600 data/db/server.key
port=$(node -e 'const s=require("node:net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
as "$programs/pg_ctl" -w -D data/db -l data/log -o "-p $port -k $folder/data -c listen_addresses=localhost -c ssl=on -c fsync=off" start >/dev/null
cat >run.mjs <<'JS'
import assert from "node:assert/strict";
import pg from "pg";
import postgres from "postgres";

const [port, authority] = process.argv.slice(2);

async function byPostgres(url) {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    const [{ ssl }] = await sql`select ssl from pg_stat_ssl where pid = pg_backend_pid()`;
    return ssl ? "encrypted" : "plain";
  } catch (error) {
    return error.code;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function byPg(url) {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    const { rows } = await client.query("select ssl from pg_stat_ssl where pid = pg_backend_pid()");
    return rows[0].ssl ? "encrypted" : "plain";
  } catch (error) {
    return error.code;
  } finally {
    await client.end().catch(() => {});
  }
}

const refused = "DEPTH_ZERO_SELF_SIGNED_CERT";
const unknown = "42704";
const before = {
  "sslmode=require": ["encrypted", refused],
  "sslmode=no-verify": [refused, "encrypted"],
  "sslmode=require&uselibpqcompat=true": [unknown, "encrypted"],
  [`sslmode=verify-full&sslrootcert=${authority}`]: [refused, "encrypted"],
  "sslmode=disable&channel_binding=prefer": [unknown, "plain"],
};
const seen = {};
for (const query of Object.keys(before)) {
  const url = `postgres://owner@localhost:${port}/postgres?${query}`;
  seen[query] = [await byPostgres(url), await byPg(url)];
}
const row = ([query, [first, second]]) => [query.replace(authority, "ca.pem"), { "postgres.js": first, pg: second }];
console.table(Object.fromEntries(Object.entries(seen).map(row)));
assert.deepEqual(seen, before, "the behaviour has changed");
JS
node --no-warnings run.mjs "$port" "$folder/data/ca.pem"
cat >both.mjs <<'JS'
import pg from "pg";
import postgres from "postgres";
const url = `postgres://owner@localhost:${process.argv[2]}/postgres?sslmode=verify-full`;
const sql = postgres(url);
await sql`select 1`;
await sql.end();
const client = new pg.Client({ connectionString: url });
await client.connect();
await client.end();
console.log("verify-full with NODE_EXTRA_CA_CERTS: both");
JS
NODE_EXTRA_CA_CERTS=$folder/data/ca.pem node both.mjs "$port"
