import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { type Handed, handedRows } from "@/db/handed";
import { kept } from "@/db/kept";
import { recordset } from "@/db/recordset";
import { groupMembers, userRoles, users } from "@/db/schema";
import { personValue } from "@/lib/audit/named";
import { raised } from "@/lib/audit/raise";
import type { Trace } from "@/lib/audit/record";
import { statusAt } from "@/lib/authz/account-status";
import { authorize } from "@/lib/authz/authorize";
import { within } from "@/lib/authz/relation";
import type { Ctx, Reads } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { fullName } from "@/lib/normalization/names";
import { type HeldBy, heldBy } from "@/lib/people/held";
import type { UserRow } from "@/lib/people/scoped";
import { type Collision, collisionsOf, type NameField, takeNames } from "@/lib/people/sign-in-names";
import { together } from "@/lib/platform/together";

/**
 * Makes these the names that sign this person in, and gives up the others. The unique key of the one table of names
 * refuses a duplicate whatever the race, at the field that is wrong (U7).
 */
export async function claimNames(ctx: Ctx, tx: Tx, userId: string, person: { username: string; email: string }) {
  const { foreign } = await takeNames(tx, userId, person);
  await refuseForeign(ctx, tx, person, foreign);
}

/** Refuses what `claimNames` would refuse somebody new at this moment, without claiming anything. */
export async function refuseTaken(ctx: Ctx, db: Reads | Tx, person: Record<NameField, string>) {
  await refuseForeign(ctx, db, person, await findCollisions(db as Tx, { ...person, id: newId() }));
}

const findCollisions = together<Record<NameField, string> & { id: string }, Collision[]>(async (tx, people) => {
  const found = await collisionsOf(tx, people);
  return people.map(({ id }) => found.get(id) ?? []);
});

async function refuseForeign(ctx: Ctx, db: Reads | Tx, person: Record<NameField, string>, foreign: Collision[]) {
  if (foreign.length === 0) return;
  const fields: Record<string, string> = {};
  let archived: { id: string; name: string } | undefined;
  for (const { field, holderId } of foreign) {
    const holder = await visibleHolder(ctx, db, holderId);
    fields[field] = sentenceFor(field, person[field], holder);
    if (holder?.restorable) archived = { id: holder.id, name: holder.name };
  }
  throw new AppError("invalid", "Check the fields below.", {
    fields,
    details: archived ? { archived } : undefined,
  });
}

type Holder = { id: string; name: string; archived: boolean; restorable: boolean };

async function visibleHolder(ctx: Ctx, db: Reads | Tx, id: string): Promise<Holder | null> {
  const person = await findInSight(db as Tx, { ctx, id });
  if (!person) return null;
  const name = fullName(person);
  const archived = statusAt(person, ctx.now()) === "archived";
  const restorable = archived && (await authorize(ctx, db, "user.restore", { person: { id, name } })).ok;
  return { id, name, archived, restorable };
}

const findInSight = together<{ ctx: Ctx; id: string }, UserRow | null>(async (tx, asked) => {
  const [first] = asked as [(typeof asked)[number]];
  const ids = asked.map(({ id }) => id);
  const seen = and(inArray(users.id, ids), within(first.ctx, "user.read", users.id));
  const found = new Map((await tx.select().from(users).where(seen)).map((person) => [person.id, person]));
  return ids.map((id) => found.get(id) ?? null);
});

function sentenceFor(field: NameField, value: string, holder: Holder | null): string {
  if (!holder || (holder.archived && !holder.restorable)) return `"${value}" is already in use.`;
  if (holder.archived) return `"${value}" belongs to ${holder.name}, who is archived. Restore that user instead?`;
  return field === "username"
    ? `"${value}" is already in use by ${holder.name}. User names are not case-sensitive.`
    : `"${value}" is already in use by ${holder.name}.`;
}

/** Auditable fields of a person, in words. */
export const traceOf = async (tx: Tx, person: UserRow): Promise<Trace> =>
  traceWith(person, await heldBy(tx, person.id));

/** The same where what is held is known. */
export const traceWith = (person: UserRow, held: HeldBy): Trace => ({
  status: person.status,
  email: person.email,
  firstName: person.firstName,
  lastName: person.lastName,
  primaryRole: held.primaryRole,
  additionalRoles: held.roles.map(dated),
  groups: held.groups.map(dated),
  manager: personValue(person.managerId),
  accessEndsAt: person.accessEndsAt?.toISOString() ?? null,
  mustChangePassword: person.mustChangePassword,
});

const dated = ({ name, endsAt }: { name: string; endsAt: Date | null }) =>
  endsAt ? `${name} until ${endsAt.toISOString()}` : name;

/** What a first credential makes of somebody invited: active, at once or as soon as a disablement is over. */
export const accepted = ({ status, statusBeforeDisable }: Pick<UserRow, "status" | "statusBeforeDisable">) =>
  ({
    status: status === "invited" ? "active" : status,
    statusBeforeDisable: statusBeforeDisable === "invited" ? "active" : statusBeforeDisable,
  }) as const;

/** Somebody new. */
export const insertUser = together<typeof users.$inferInsert & { id: string }, UserRow>(async (tx, people) => {
  const made = new Map((await tx.insert(users).values(people).returning()).map((user) => [user.id, user]));
  return people.map(({ id }) => {
    const user = made.get(id);
    if (!user) throw new Error("The user was not stored");
    return user;
  });
});

/** Additional roles of somebody new, without an end. */
export const insertRoles = together<{ userId: string; roleIds: string[] }, void>(async (tx, given) => {
  const rows = given.flatMap(({ userId, roleIds }) => [...new Set(roleIds)].map((roleId) => ({ userId, roleId })));
  if (rows.length > 0) await tx.insert(userRoles).values(rows);
  return given.map(() => undefined);
});

type Columns = Partial<typeof users.$inferInsert>;

/** A person's row as it was read and locked, or the id alone where no more is known. */
type Saved = Pick<UserRow, "id"> & Partial<UserRow>;

/**
 * Saves columns of a person, of which only those are written that differ from the row `before`; `edited` raises the version that two
 * editors compare (U9). Returns the row as it is then.
 */
export async function saveUser<R extends Saved>(
  tx: Tx,
  before: R,
  columns: Columns,
  { edited = false } = {},
): Promise<R> {
  const changed = Object.fromEntries(
    Object.entries(columns).filter(
      ([field, value]) => value !== undefined && !isSame(value, before[field as keyof UserRow]),
    ),
  );
  const marks = edited ? { versionEventId: raised(tx, users).versionEventId } : {};
  if (!edited && Object.keys(changed).length === 0) return before;
  const saved = await saveTogether(tx, { id: before.id, columns: { ...changed, ...marks }, edited });
  if (!saved) throw new Error("The user vanished while it was locked");
  return { ...before, ...changed, ...marks, version: saved.version };
}

const isSame = (one: unknown, other: unknown) =>
  one instanceof Date && other instanceof Date ? one.getTime() === other.getTime() : one === other;

type Save = { id: string; columns: Columns; edited: boolean };

type Version = Pick<UserRow, "id" | "version">;

/** One statement for all that save the same columns. */
const saveTogether = together<Save, Version | null>(async (tx, saves) => {
  const alike = new Map<string, Save[]>();
  for (const save of saves) {
    const kind = [save.edited, ...fieldsOf(save)].join(" ");
    const some = alike.get(kind);
    if (some) some.push(save);
    else alike.set(kind, [save]);
  }
  const saved = new Map<string, Version>();
  for (const some of alike.values()) for (const row of await saveAlike(tx, some)) saved.set(row.id, row);
  return saves.map(({ id }) => saved.get(id.toLowerCase()) ?? null);
});

const fieldsOf = ({ columns }: Save) => Object.keys(columns).sort() as (keyof Columns)[];

function saveAlike(tx: Tx, saves: Save[]): Promise<Version[]> {
  const [first] = saves as [Save];
  const given = fieldsOf(first).map((field) => [field, sql`given.${sql.identifier(users[field].name)}`]);
  const rows = saves.map(({ id, columns }) => ({ ...columns, id }));
  return kept(
    tx
      .update(users)
      .set({ ...Object.fromEntries(given), ...(first.edited && { version: raised(tx, users).version }) })
      .from(sql`${recordset(users, rows)} given`)
      .where(eq(users.id, sql`given.id`))
      .returning({ id: users.id, version: users.version }),
  );
}

/** Puts people under another manager than they have: what removing and restoring people asks for (U11). Returns those who still had theirs. */
export async function giveReports(tx: Tx, handed: Handed[]): Promise<string[]> {
  if (handed.length === 0) return [];
  const given = await tx
    .update(users)
    .set({ managerId: sql`given.to_id`, ...raised(tx, users) })
    .from(handedRows(handed))
    .where(sql`${users.id} = given.id and ${users.managerId} is not distinct from given.from_id`)
    .returning({ id: users.id });
  return given.map(({ id }) => id);
}

/** The rows of everybody in a group, in the order in which they are locked. */
export const membersToLock = (tx: Tx, groupId: string) =>
  tx
    .select({ id: users.id })
    .from(users)
    .where(
      inArray(
        users.id,
        tx.select({ id: groupMembers.userId }).from(groupMembers).where(eq(groupMembers.groupId, groupId)),
      ),
    )
    .orderBy(users.id);

/** A membership that another form changed counts as an edit of its person (U9). Returns their new version. */
export async function raiseVersion(tx: Tx, userId: string): Promise<number> {
  const [person] = await tx
    .update(users)
    .set(raised(tx, users))
    .where(eq(users.id, userId))
    .returning({ version: users.version });
  if (!person) throw new Error("The user vanished while it was locked");
  return person.version;
}

/** The same of everybody in a group. Returns how many people these are. */
export async function raiseVersions(tx: Tx, groupId: string): Promise<number> {
  const members = tx.select({ id: groupMembers.userId }).from(groupMembers).where(eq(groupMembers.groupId, groupId));
  const changed = await tx.update(users).set(raised(tx, users)).where(inArray(users.id, members));
  return changed.count;
}
