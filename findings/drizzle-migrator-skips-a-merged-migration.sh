#!/usr/bin/env bash
# drizzle-orm 0.45.4 (migrator), drizzle-kit 0.31.11, PostgreSQL by @electric-sql/pglite 0.5.17, Node 20 or later.
#
# Good guess: `migrate()` applies every migration of the journal that the database has not had; it keeps their hashes in
# `__drizzle_migrations` for that.
# Behaviour: it reads one row, the newest `created_at`, and applies only the entries of the journal whose `when` is later. The
# stored hashes are never compared. A migration that was generated on another branch before the one that was deployed,
# and merged after it, is skipped: no error, no row, no table. A new database gets everything, so tests pass, and only
# databases that are upgraded lack it. `drizzle-kit check` prints a warning about the order beside "Everything's fine" and
# ends with code 0, so a CI step that runs it passes.
# Output seen: "upgraded database: settings, tokens" though the journal has three migrations; "new database: audit_log, settings, tokens".
# Cure: give the merged entry a `when` later than every earlier entry, and hold the journal to that order in a test.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund drizzle-orm@0.45.4 drizzle-kit@0.31.11 @electric-sql/pglite@0.5.17 >/dev/null
cat >run.mjs <<'JS'
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";

const id = (n) => `00000000-0000-4000-8000-00000000000${n}`;

/** A migration folder as drizzle-kit writes it: SQL, journal and snapshots. */
function release(folder, migrations) {
  mkdirSync(`${folder}/meta`, { recursive: true });
  const entries = migrations.map(({ tag, when, table }, idx) => {
    writeFileSync(`${folder}/${tag}.sql`, `CREATE TABLE "${table}" ("id" integer);`);
    const known = migrations.slice(0, idx + 1).map((one) => [
      `public.${one.table}`,
      {
        name: one.table, schema: "", columns: { id: { name: "id", type: "integer", primaryKey: false, notNull: false } },
        indexes: {}, foreignKeys: {}, compositePrimaryKeys: {}, uniqueConstraints: {}, policies: {}, checkConstraints: {}, isRLSEnabled: false,
      },
    ]);
    const snapshot = {
      id: id(idx + 1), prevId: id(idx), version: "7", dialect: "postgresql", tables: Object.fromEntries(known),
      enums: {}, schemas: {}, sequences: {}, roles: {}, policies: {}, views: {}, _meta: { columns: {}, schemas: {}, tables: {} },
    };
    writeFileSync(`${folder}/meta/000${idx}_snapshot.json`, JSON.stringify(snapshot));
    return { idx, version: "7", when, tag, breakpoints: true };
  });
  writeFileSync(`${folder}/meta/_journal.json`, JSON.stringify({ version: "7", dialect: "postgresql", entries }));
}

async function tables(client) {
  const { rows } = await client.query("select tablename from pg_tables where schemaname = 'public' order by 1");
  return rows.map(({ tablename }) => tablename).join(", ");
}

const first = { tag: "0000_settings", when: 1_000, table: "settings" };
const deployed = { tag: "0001_tokens", when: 3_000, table: "tokens" };
const mergedLater = { tag: "0002_audit_log", when: 2_000, table: "audit_log" };

release("v1", [first, deployed]);
release("v2", [first, deployed, mergedLater]);

const upgraded = new PGlite();
await migrate(drizzle(upgraded), { migrationsFolder: "v1" });
await migrate(drizzle(upgraded), { migrationsFolder: "v2" });
const fresh = new PGlite();
await migrate(drizzle(fresh), { migrationsFolder: "v2" });
const seen = { upgraded: await tables(upgraded), fresh: await tables(fresh) };
console.log(`upgraded database: ${seen.upgraded}\nnew database: ${seen.fresh}`);

const check = spawnSync("npx", ["drizzle-kit", "check", "--dialect=postgresql", "--out=v2"], { encoding: "utf8" });
const said = check.stdout + check.stderr;
console.log(`drizzle-kit check: code ${check.status}, ${said.trim().split("\n").at(-1)}`);

assert.equal(seen.fresh, "audit_log, settings, tokens");
assert.equal(seen.upgraded, "settings, tokens", "the behaviour has changed: the merged migration was applied");
assert.equal(check.status, 0, "the behaviour has changed: drizzle-kit check fails");
assert.match(said, /Everything's fine/);
JS
node run.mjs
