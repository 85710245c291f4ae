import { getTableColumns, getTableName, is } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { handoverKinds } from "@/db/enums";
import * as schema from "@/db/schema";
import { ownedNouns } from "@/lib/users/owned-nouns";

test("whatever has an owner is asked about when that owner is removed (U11)", () => {
  const tables = (Object.values(schema) as unknown[]).filter((table): table is PgTable => is(table, PgTable));
  const owned = tables.filter((table) => "ownerId" in getTableColumns(table)).map(getTableName);
  const asked = Object.values(ownedNouns).map(({ table }) => getTableName(table));
  // The keys of programs' requests end within a day, and a person's own views serve nobody else: both go with whose they are.
  const endWithOwner = ["idempotency_keys", "saved_views"];
  expect(owned.filter((name) => !endWithOwner.includes(name)).toSorted()).toEqual(asked.toSorted());
});

test("what is handed back when somebody is restored is kept, and nothing else (U13)", () => {
  const back = Object.entries(ownedNouns).flatMap(([kind, { back: returns }]) => (returns ? kind : []));
  expect(["report", ...back].toSorted()).toEqual([...handoverKinds].toSorted());
});
