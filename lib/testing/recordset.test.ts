import { getTableColumns, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { firstYear, lastYear } from "@/db/enums";
import { recordset, recordsetInsert } from "@/db/recordset";
import { events, eventValues, users } from "@/db/schema";
import { rolledBack } from "@/lib/testing/database";

const texts = [
  "",
  " ",
  "plain",
  `quotes " ' '' "" and \\ \\\\ \\" \\n \\u0041 \\x00`,
  "line\nline\ttab\r",
  "{},[]:null,{a,b}",
  "NULL",
  "ünïcödé \u{1f9d1}\u{1f3fd}\u200d\u{1f680} \u{10ffff} \ufeff \ufffe",
  "half of a pair: \ud83d and \udc00",
  "x".repeat(1_000_000),
  "\u{1f680}".repeat(100_000),
];

const end = (year: number) => `${String(year).padStart(4, "0")}-12-31T23:59:59.999Z`;
const moments = [end(1), end(firstYear), end(lastYear), end(9999), "1970-01-01T00:00:00.000Z"].map(
  (at) => new Date(at),
);

const objects: unknown[] = [
  {},
  ...texts.filter((text) => text.isWellFormed()).map((text) => ({ [text.slice(0, 50)]: { salt: text, value: text } })),
  { list: [null, true, 1, -0.1, 1e21, 5e-324, "", [], {}] },
];

/** Everything that a column of this type is given. */
function valuesOf(column: PgColumn): unknown[] {
  const given: Record<string, unknown[]> = {
    PgText: texts,
    PgUUID: [newId()],
    PgInteger: [0, -1, 2 ** 31 - 1, -(2 ** 31)],
    PgBoolean: [true, false],
    PgJsonb: objects,
    PgArray: [[], [newId()], [newId(), newId()]],
    PgCustomColumn: column.getSQLType().startsWith("timestamp") ? moments : texts,
  };
  const values = column.enumValues?.length ? column.enumValues : given[column.columnType];
  if (!values) throw new Error(`${column.name} has a type that is not tried: ${column.columnType}`);
  return column.notNull ? values : [...values, null];
}

/** A table as it is, in front of the stored one, without its indexes, keys and partitions: they allow less than its columns. */
const bare = (tx: Tx, name: string) =>
  tx.execute(sql.raw(`create temporary table ${name} (like public.${name}) on commit drop`));

async function onlyRow(tx: Tx, table: PgTable): Promise<Record<string, unknown>> {
  const rows = await tx.select({ row: sql<Record<string, unknown>>`to_jsonb(${table})` }).from(table);
  expect(rows).toHaveLength(1);
  return rows[0]!.row;
}

test.each([
  ["events", events],
  ["event_values", eventValues],
  ["users", users],
])("what a recordset stores in %s is what Drizzle stores, inserted and updated, whatever the value", (name, table) =>
  rolledBack(async (tx) => {
    await bare(tx, name);
    const columns = Object.entries<PgColumn>(getTableColumns(table));
    const usual = Object.fromEntries(columns.map(([field, column]) => [field, valuesOf(column)[0]]));
    let tried = 0;
    for (const [field, column] of columns)
      for (const value of valuesOf(column)) {
        const row = { ...usual, [field]: value } as never;
        await tx.insert(table as PgTable).values(row);
        const plain = await onlyRow(tx, table);
        await tx.delete(table);
        await tx.execute(recordsetInsert(table as PgTable, [row]));
        const what = `${field} = ${String(value).slice(0, 60)}`;
        expect(await onlyRow(tx, table), what).toEqual(plain);
        await tx.delete(table);
        await tx.insert(table as PgTable).values(usual as never);
        await tx
          .update(table as PgTable)
          .set({ [field]: sql`given.${sql.identifier(column.name)}` })
          .from(sql`${recordset(table as PgTable, [{ [field]: value } as never])} given`);
        expect(await onlyRow(tx, table), what).toEqual(plain);
        await tx.delete(table);
        tried++;
      }
    expect(tried).toBeGreaterThan(columns.length);
  }),
);
