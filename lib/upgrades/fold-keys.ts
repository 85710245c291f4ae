import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { currentKeyVersion } from "@/db/columns";
import { idArray } from "@/db/ids";
import { lockNames } from "@/db/locks";
import { isUniqueViolation } from "@/lib/errors";
import { addJob } from "@/lib/jobs/add-job";
import { foldEmail } from "@/lib/normalization/email";
import { foldName } from "@/lib/normalization/fold";
import { nameColumns } from "@/lib/normalization/names";
import { searchText } from "@/lib/normalization/search";
import { takeNames, withOtherNames } from "@/lib/people/sign-in-names";
import { type FoldedTable, foldedTables } from "@/lib/upgrades/schema";

/**
 * What an upgrade leaves to do after the start: names whose keys were made by an earlier folding get new ones, batch by
 * batch, in a job that may be stopped at any time. A row whose new key belongs to another, or whose address is not one, keeps
 * its old key and its old `key_version`; Home lists it, and the next start tries again.
 */
const batch = 500;
const job = { key: "keys.fold" };

/** Enqueues the job, which finds out itself what is left to do. */
export const enqueueFolding = (db: Db): Promise<void> =>
  db.transaction((tx) => addJob(tx, "keys.fold", { table: "users", after: null }, job));

/**
 * Folds the next batch of a table, of the rows behind an id, and enqueues the one after it. One process at a time:
 * others leave it to the first. Returns what was enqueued; null when nothing is left.
 */
export const foldBatch = (db: Db | Tx, table: FoldedTable, after: string | null) =>
  db.transaction(async (tx) => {
    const [lock] = await tx.execute<{ free: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtext(${lockNames.keyFolding})) as free`,
    );
    if (!lock?.free) return null;
    const ids = await oldRows(tx, table, after);
    const folded = ids.length > 0 ? await fold[table](tx, ids) : 0;
    const again = folded < ids.length ? after : (ids.at(-1) ?? null);
    const next = ids.length > 0 ? { table, after: again } : { table: tableAfter(table), after: null };
    if (!next.table) return null;
    const payload = { table: next.table, after: next.after };
    await addJob(tx, "keys.fold", payload, job);
    return payload;
  });

const tableAfter = (table: FoldedTable) => foldedTables[foldedTables.indexOf(table) + 1];

async function oldRows(tx: Tx, table: FoldedTable, after: string | null): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select id from ${sql.raw(table)} where key_version < ${sql.raw(String(currentKeyVersion))}
       and (${after}::uuid is null or id > ${after}::uuid) order by id limit ${batch}`);
  return rows.map(({ id }) => id);
}

/** Those that nobody is changing at this moment: a job that waits for rows could close a ring of waiting. */
const locked = (table: FoldedTable, ids: string[]) =>
  sql`${sql.raw(table)} where id = any(${idArray(ids)}) order by id for update skip locked`;

type Columns = Record<string, string | number>;

/** Saves columns of many rows at once. */
async function save(tx: Tx, table: FoldedTable, rows: ({ id: string } & Columns)[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const names = Object.keys(first).filter((name) => name !== "id");
  const types = names.map((name) => `${name} ${name === "key_version" ? "integer" : "text"}`);
  await tx.execute(sql`
    update ${sql.raw(table)} t set ${sql.raw(names.map((name) => `${name} = v.${name}`).join(", "))}
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as v(id uuid, ${sql.raw(types.join(", "))})
     where t.id = v.id`);
}

const done = { key_version: currentKeyVersion };

type Person = Record<"id" | "username" | "email" | "firstName" | "lastName" | "usernameKey" | "emailKey", string>;

async function foldUsers(tx: Tx, ids: string[]): Promise<number> {
  const rows = await tx.execute<Person>(sql`
    select id, username, email, first_name as "firstName", last_name as "lastName",
           username_key as "usernameKey", email_key as "emailKey" from ${locked("users", ids)}`);
  const outdated = await withOtherNames(tx, rows);
  const quick: ({ id: string } & Columns)[] = [];
  for (const row of rows) {
    const { usernameKey, emailKey, nameKey, search } = nameColumns(row);
    const shown = { id: row.id, name_key: nameKey, search };
    const same = usernameKey === row.usernameKey && emailKey === row.emailKey && !outdated.has(row.id);
    if (same && foldEmail(row.email) !== null) {
      quick.push({ ...shown, ...done });
      continue;
    }
    const { foreign, former } = await takeNames(tx, row.id, row);
    const kept = new Set([...former, ...foreign.map(({ field }) => field)]);
    const columns = {
      ...shown,
      username_key: kept.has("username") ? row.usernameKey : usernameKey,
      email_key: kept.has("email") ? row.emailKey : emailKey,
    };
    const old = kept.size > 0 || foldEmail(row.email) === null;
    await save(tx, "users", [old ? columns : { ...columns, ...done }]);
  }
  await save(tx, "users", quick);
  return rows.length;
}

type Named = { id: string; name: string; nameKey: string; more: string };

/** `more`: a column that is searched with the name; null where the table has no column to search. */
const foldNamed =
  (table: FoldedTable, more: "description" | "external_id" | "name" | null) => async (tx: Tx, ids: string[]) => {
    const rows = await tx.execute<Named>(sql`
    select id, name, name_key as "nameKey", ${more === null || more === "name" ? sql`''` : sql.raw(more)} as more
      from ${locked(table, ids)}`);
    const quick: ({ id: string } & Columns)[] = [];
    for (const { id, name, nameKey, more: text } of rows) {
      const sought: Columns = more ? { search: searchText(name, text) } : {};
      const wanted = { id, name_key: foldName(name), ...sought, ...done };
      if (wanted.name_key === nameKey) quick.push(wanted);
      else
        await tx
          .transaction((inner) => save(inner, table, [wanted]))
          .catch(async (error) => {
            if (!isUniqueViolation(error, `${table}_name`)) throw error;
            if (more) await save(tx, table, [{ id, ...sought }]);
          });
    }
    await save(tx, table, quick);
    return rows.length;
  };

const fold: Record<FoldedTable, (tx: Tx, ids: string[]) => Promise<number>> = {
  users: foldUsers,
  groups: foldNamed("groups", "description"),
  roles: foldNamed("roles", null),
  clients: foldNamed("clients", "name"),
  service_accounts: foldNamed("service_accounts", "name"),
  resources: foldNamed("resources", "external_id"),
};
