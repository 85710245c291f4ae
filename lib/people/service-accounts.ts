import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type Handed, handedRows } from "@/db/handed";
import { roles, serviceAccountRoles, serviceAccounts, users } from "@/db/schema";
import { personValue } from "@/lib/audit/named";
import { raised } from "@/lib/audit/raise";
import type { Trace } from "@/lib/audit/record";
import { standingColumns, statusAt } from "@/lib/authz/account-status";
import { type Decision, notNow, yes } from "@/lib/authz/decision";
import { within } from "@/lib/authz/relation";
import { accountStatusOf } from "@/lib/authz/service-account-status";
import type { Ctx, Reads } from "@/lib/context";
import { invalidField, isUniqueViolation, notFound } from "@/lib/errors";
import { lockRows } from "@/lib/kernel/lock";
import type { Target } from "@/lib/kernel/steps";
import { foldName } from "@/lib/normalization/fold";
import { isId } from "@/lib/normalization/id";
import { fullName } from "@/lib/normalization/names";
import { searchText } from "@/lib/normalization/search";
import type { OperationKey } from "@/lib/operations";
import { lockChosen } from "@/lib/people/scoped";

/** The one reader and writer of single service accounts (T6), for the nouns that ask about them. */
export type AccountRow = typeof serviceAccounts.$inferSelect;

/** Those whose owner the actor reaches by an operation, as a condition on `service_accounts`; all of them for everyone (R11). */
export const accountsWithin = (ctx: Ctx, operation: OperationKey) => within(ctx, operation, serviceAccounts.ownerId);

/** A service account that the actor may see by `operation`, or null. `id`: as an address has it. */
export async function findAccount(ctx: Ctx, operation: OperationKey, id: string): Promise<AccountRow | null> {
  if (!isId(id)) return null;
  const [found] = await ctx.db
    .select()
    .from(serviceAccounts)
    .where(inSight(ctx, operation, id));
  return found ?? null;
}

/** The same, locked for this change; else `not_found`, like one that is not there. */
export async function lockAccount(ctx: Ctx, tx: Tx, operation: OperationKey, id: string): Promise<AccountRow> {
  const rows = tx
    .select()
    .from(serviceAccounts)
    .where(inSight(ctx, operation, id));
  const [found] = await lockRows(tx, rows, "no key update");
  if (!found) throw notFound("The service account");
  return found;
}

const inSight = (ctx: Ctx, operation: OperationKey, id: string) =>
  and(eq(serviceAccounts.id, id), accountsWithin(ctx, operation));

/** With its owner, on whom an operation on it is decided (R11, R13). */
export type StoredAccount = AccountRow & { roleIds: string[]; status: ReturnType<typeof accountStatusOf> };

/**
 * `chosen`: whom the change names besides. People are locked before what they own, as where an owner is removed, and because a
 * mail to the owner needs their row to stay.
 */
export async function accountTarget(
  ctx: Ctx,
  tx: Tx,
  operation: OperationKey,
  id: string,
  chosen: string[] = [],
): Promise<Target<StoredAccount>> {
  const [found] = await tx
    .select({ ownerId: serviceAccounts.ownerId })
    .from(serviceAccounts)
    .where(inSight(ctx, operation, id));
  await lockChosen(tx, [found?.ownerId ?? null, ...chosen]);
  const account = await lockAccount(ctx, tx, operation, id);
  const owner = await ownerOfAccount(tx, account);
  const status = accountStatusOf(account.disabledAt, owner && statusAt(owner, ctx.now()));
  const roleIds = await rolesOfAccount(tx, account.id);
  return {
    id: account.id,
    person: owner && { id: owner.id, name: fullName(owner) },
    record: { ...account, roleIds, status },
    trace: await accountTrace(tx, account),
    facts: { account: account.name },
  };
}

/** One that has stopped gets no token until it has an owner again: nobody could say what it may do. */
export const mayHaveTokens = ({ name, status }: Pick<StoredAccount, "name" | "status">): Decision =>
  status === "stopped" ? notNow(`${name} has stopped: it no longer has an owner. Choose an owner first.`) : yes;

export async function ownerOfAccount(db: Reads | Tx, { ownerId }: Pick<AccountRow, "ownerId">) {
  if (!ownerId) return null;
  const columns = { id: users.id, firstName: users.firstName, lastName: users.lastName, ...standingColumns };
  const [owner] = await db.select(columns).from(users).where(eq(users.id, ownerId));
  return owner ?? null;
}

export async function rolesOfAccount(db: Reads | Tx, id: string): Promise<string[]> {
  const held = await db.select().from(serviceAccountRoles).where(eq(serviceAccountRoles.serviceAccountId, id));
  return held.map(({ roleId }) => roleId);
}

/** Auditable fields of a service account, in words. */
export async function accountTrace(tx: Tx, { id, name, ownerId, disabledAt }: AccountRow): Promise<Trace> {
  const held = await tx
    .select({ name: roles.name })
    .from(serviceAccountRoles)
    .innerJoin(roles, eq(roles.id, serviceAccountRoles.roleId))
    .where(eq(serviceAccountRoles.serviceAccountId, id))
    .orderBy(roles.nameKey);
  return {
    name,
    owner: personValue(ownerId),
    roles: held.map((role) => role.name),
    status: disabledAt ? "disabled" : "enabled",
  };
}

type Details = { name: string; ownerId: string };

export async function insertAccount(
  tx: Tx,
  account: Details & Pick<AccountRow, "id" | "createdBy" | "createdAt">,
): Promise<AccountRow> {
  const [made] = await uniquely(account.name, () =>
    tx
      .insert(serviceAccounts)
      .values({ ...account, ...columnsOf(account.name) })
      .returning(),
  );
  if (!made) throw new Error("The service account was not stored");
  return made;
}

/** Saves columns of a service account and raises the version that two editors compare. */
export async function saveAccount(
  tx: Tx,
  id: string,
  columns: Partial<Details> & Pick<Partial<AccountRow>, "disabledAt"> = {},
): Promise<AccountRow> {
  const { name } = columns;
  const named = name === undefined ? {} : { ...columnsOf(name), nameKey: keptKey(name) };
  const [saved] = await uniquely(name ?? "", () =>
    tx
      .update(serviceAccounts)
      .set({ ...columns, ...named, ...raised(tx, serviceAccounts) })
      .where(eq(serviceAccounts.id, id))
      .returning(),
  );
  if (!saved) throw new Error("The service account vanished while it was locked");
  return saved;
}

/** Hands service accounts from their owners to others (U11). Returns those that were still theirs. */
export async function giveAccounts(tx: Tx, handed: Handed[]): Promise<string[]> {
  if (handed.length === 0) return [];
  const given = await tx
    .update(serviceAccounts)
    .set({ ownerId: sql`given.to_id`, ...raised(tx, serviceAccounts) })
    .from(handedRows(handed))
    .where(sql`${serviceAccounts.id} = given.id and ${serviceAccounts.ownerId} = given.from_id`)
    .returning({ id: serviceAccounts.id });
  return given.map(({ id }) => id);
}

/** With its tokens and roles. */
export async function eraseAccount(tx: Tx, id: string): Promise<void> {
  await tx.delete(serviceAccounts).where(eq(serviceAccounts.id, id));
}

/** Makes these the roles of a service account. */
export async function saveAccountRoles(tx: Tx, id: string, wanted: string[]): Promise<void> {
  const held = await rolesOfAccount(tx, id);
  const gone = held.filter((roleId) => !wanted.includes(roleId));
  const added = wanted.filter((roleId) => !held.includes(roleId));
  if (gone.length > 0)
    await tx
      .delete(serviceAccountRoles)
      .where(and(eq(serviceAccountRoles.serviceAccountId, id), inArray(serviceAccountRoles.roleId, gone)));
  if (added.length > 0)
    await tx.insert(serviceAccountRoles).values(added.map((roleId) => ({ serviceAccountId: id, roleId })));
}

const columnsOf = (name: string) => ({ name, nameKey: foldName(name), search: searchText(name) });

/** A name that is not changed keeps its key, also one of an earlier folding. */
const keptKey = (name: string) =>
  sql`case when ${serviceAccounts.name} = ${name} then ${serviceAccounts.nameKey} else ${foldName(name)} end`;

/** The unique index refuses a duplicate at its field, whatever the race. */
async function uniquely<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isUniqueViolation(error, "service_accounts_name")) throw error;
    throw invalidField("name", `"${name}" is already in use. Names of service accounts are not case-sensitive.`);
  }
}
