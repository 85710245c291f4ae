import { and, eq, inArray, or, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { idArray } from "@/db/ids";
import { kept, keptBuilt } from "@/db/kept";
import { users } from "@/db/schema";
import { reachedBy, within } from "@/lib/authz/relation";
import type { Ctx, Reads } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { holdsLocks, lockOnce, lockRows } from "@/lib/kernel/lock";
import { isId } from "@/lib/normalization/id";
import { fullName } from "@/lib/normalization/names";
import type { OperationKey } from "@/lib/operations";
import { isShared, NotShareable, together } from "@/lib/platform/together";

export type UserRow = typeof users.$inferSelect;

/** A person's row, locked for this change, if the actor may see it by `operation`; else `not_found`, like one that is not there. */
export async function lockPerson(ctx: Ctx, tx: Tx, operation: OperationKey, id: string): Promise<UserRow> {
  const person = await lockInSight(tx, { ctx, operation, id });
  if (!person) throw notFound("The user");
  return person;
}

type Wanted = { ctx: Ctx; operation: OperationKey; id: string };

/** In the order of the ids, as `lockChosen`. */
const lockInSight = together<Wanted, UserRow | null>(async (tx, wanted) => {
  const [first] = wanted;
  if (!first) return [];
  if (wanted.some(({ ctx, operation }) => operation !== first.operation || ctx.actor.access !== first.ctx.actor.access))
    throw new Error("People are locked together for one actor and one operation");
  const ids = wanted.map(({ id }) => id);
  lockOnce(tx, "people", ids);
  const rows = tx
    .select()
    .from(users)
    .where(and(sql`${users.id} = any(${idArray(ids)})`, within(first.ctx, first.operation, users.id)))
    .orderBy(users.id);
  const found = new Map((await kept(lockRows(tx, rows, "update"))).map((person) => [person.id, person]));
  return ids.map((id) => found.get(id.toLowerCase()) ?? null);
});

type Chosen = (string | null)[];

/**
 * Locks the people whom a change names as owner or manager, and its own person, before it looks at any of them: it waits
 * for people who are being archived or disabled at that moment. In the order of the ids, so that no two changes wait for each other;
 * a change that locks others than its own person therefore shares no transaction with other items of a batch, but those of
 * somebody new, who are locked for all items at once.
 */
export async function lockChosen(tx: Tx, chosen: Chosen, personId: string | null = null): Promise<void> {
  if (!holdsLocks(tx)) return;
  const own = personId?.toLowerCase() ?? null;
  const others = [...new Set(chosen.flatMap((id) => id?.toLowerCase() ?? []))].filter((id) => id !== own);
  if (own === null) return lockOthers(tx, others);
  if (others.length > 0 && isShared(tx)) throw new NotShareable("A change locks others than its own person");
  if (others.length === 0) return lockTogether(tx, own);
  const lock = async (ids: string[], strength: "update" | "no key update") => {
    if (ids.length === 0) return;
    const rows = tx.select({ id: users.id }).from(users).where(inArray(users.id, ids)).orderBy(users.id);
    await lockRows(tx, rows, strength);
  };
  await lock(
    others.filter((id) => id < own),
    "no key update",
  );
  await lock([own], "update");
  await lock(
    others.filter((id) => id > own),
    "no key update",
  );
}

const lockOthers = together<string[], void>(async (tx, chosen) => {
  const ids = [...new Set(chosen.flat())];
  if (ids.length > 0) {
    lockOnce(tx, "people", ids);
    const rows = tx.select({ id: users.id }).from(users).where(inArray(users.id, ids)).orderBy(users.id);
    await lockRows(tx, rows, "no key update");
  }
  return chosen.map(() => undefined);
});

const lockTogether = together<string, void>(async (tx, ids) => {
  lockOnce(tx, "people", ids);
  const rows = tx.select({ id: users.id }).from(users).where(inArray(users.id, ids)).orderBy(users.id);
  await lockRows(tx, rows, "update");
  return ids.map(() => undefined);
});

/** A person whom the actor may see by `operation`, without a lock; else null. `id`: as an address has it. */
export async function findPerson(ctx: Ctx, operation: OperationKey, id: string): Promise<UserRow | null> {
  if (!isId(id)) return null;
  const inSight = () => and(eq(users.id, id), within(ctx, operation, users.id));
  const [person] = await (reachedBy(ctx, operation) === "everyone"
    ? askPerson(ctx.db, { id })
    : kept(ctx.db.select().from(users).where(inSight())));
  return person ?? null;
}

const askPerson = keptBuilt((db: Reads) =>
  db
    .select()
    .from(users)
    .where(eq(users.id, sql.placeholder("id"))),
);

export type Named = { id: string; name: string };

/** Somebody related to a person, such as their manager: by name where the actor may see them or is them (R11). */
export async function namedInSight(ctx: Ctx, db: Reads | Tx, id: string): Promise<Named | null> {
  const [row] = await db
    .select({ firstName: users.firstName, lastName: users.lastName, visible: visibleTo(ctx, users.id) })
    .from(users)
    .where(eq(users.id, id));
  return row ? namedAs(id, row, row.visible) : null;
}

/** Whether the actor may see a row's person by name, and how they are called then, as columns of another query. */
export const visibleTo = (ctx: Ctx, person: AnyPgColumn) =>
  sql<boolean>`(${within(ctx, "user.read", person)} or ${person} = ${ctx.actor.access.personId})`;

export const namedAs = (id: string, person: { firstName: string; lastName: string }, visible: boolean): Named => ({
  id,
  name: visible ? fullName(person) : "somebody outside your view",
});

/** Those of these people whom the actor may see or is, by their names; the others are left out (R11). */
export async function namesInSight(ctx: Ctx, ids: string[]): Promise<Map<string, Named>> {
  if (ids.length === 0) return new Map();
  const me = ctx.actor.access.personId;
  const rows = await ctx.db
    .select({ id: users.id, firstName: users.firstName, lastName: users.lastName })
    .from(users)
    .where(and(inArray(users.id, ids), or(within(ctx, "user.read", users.id), sql`${users.id} = ${me}`)));
  return new Map(rows.map((row) => [row.id, { id: row.id, name: fullName(row) }]));
}
