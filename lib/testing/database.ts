import { desc, eq } from "drizzle-orm";
import { inject } from "vitest";
import { createDb, type Db, type Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { events, eventValues, passwords, roles, signInNames, userRoles, users } from "@/db/schema";
import { personActor } from "@/lib/auth/person";
import { loadAccess } from "@/lib/authz/load";
import { nobody, operator } from "@/lib/authz/principal";
import { type Ctx, createContext, type Person } from "@/lib/context";
import { nameColumns } from "@/lib/normalization/names";

let pool: Db | undefined;

/** The migrated database of this worker. */
export function testDb(): Db {
  // Longer than the product waits: a test that writes thousands of rows does so on a busy machine, too.
  pool ??= createDb(testUrl(), { max: 8, statementTimeout: 60_000 });
  return pool;
}

export function testUrl(): string {
  const worker = Number(process.env.VITEST_POOL_ID);
  const url = inject("databaseUrls")[worker - 1];
  if (!url) throw new Error(`Worker ${worker} has no database`);
  return url;
}

class Rollback extends Error {}

/** Runs in a transaction that is rolled back at the end; a command inside becomes a savepoint. */
export async function rolledBack(work: (tx: Tx) => Promise<void>): Promise<void> {
  await testDb()
    .transaction(async (tx) => {
      await work(tx);
      throw new Rollback();
    })
    .catch((error) => {
      if (!(error instanceof Rollback)) throw error;
    });
}

export const asOperator = (db: Db | Tx): Ctx => createContext(db, operator);
export const asNobody = (db: Db | Tx, source?: Ctx["source"]): Ctx => createContext(db, nobody, { source });

/** The context of one person, with what they hold at this moment. */
export async function as(db: Db | Tx, person: { id: string }, now?: () => Date): Promise<Ctx<Person>> {
  const access = await loadAccess(db, person.id, now?.() ?? new Date());
  return createContext(db, personActor({ id: person.id, sessionId: null, access }), { now });
}

export type Draft = Partial<typeof users.$inferInsert> & { hash?: string; roles?: string[]; primaryRole?: string };

/** A stored person, active by default. `primaryRole` and `roles` are names of roles that exist. */
export async function makeUser(tx: Db | Tx, draft: Draft = {}) {
  const id = draft.id ?? newId();
  const username = draft.username ?? `user-${id.slice(-12)}`;
  const named = {
    username,
    email: draft.email ?? `${username}@northwind.example`,
    firstName: draft.firstName ?? "Test",
    lastName: draft.lastName ?? "Person",
  };
  const primaryRoleId = draft.primaryRoleId ?? (await roleNamed(tx, draft.primaryRole ?? "Quality Engineer")).id;
  const { hash, roles: additional, primaryRole: _, ...columns } = draft;
  const [user] = await tx
    .insert(users)
    .values({ status: "active", ...columns, ...named, id, ...nameColumns(named), primaryRoleId })
    .returning();
  if (!user) throw new Error("The user was not stored");
  await tx
    .insert(signInNames)
    .values([...new Set([user.usernameKey, user.emailKey])].map((key) => ({ key, userId: id })));
  if (hash) await tx.insert(passwords).values({ userId: id, hash });
  for (const name of additional ?? [])
    await tx.insert(userRoles).values({ userId: id, roleId: (await roleNamed(tx, name)).id });
  return user;
}

export async function roleNamed(tx: Db | Tx, name: string) {
  const [role] = await tx.select().from(roles).where(eq(roles.name, name));
  if (!role) throw new Error(`There is no role "${name}"`);
  return role;
}

/** The newest event, with its values by path. */
export async function lastEvent(tx: Db | Tx) {
  const [event] = await tx.select().from(events).orderBy(desc(events.at), desc(events.id)).limit(1);
  if (!event) throw new Error("There is no event");
  const [stored] = await tx.select().from(eventValues).where(eq(eventValues.eventId, event.id));
  const values = Object.fromEntries(Object.entries(stored?.values ?? {}).map(([path, { value }]) => [path, value]));
  return { ...event, values };
}
