import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type Handed, handedRows } from "@/db/handed";
import { groupMembers, groupRoles, groups, roles } from "@/db/schema";
import { personValue } from "@/lib/audit/named";
import { raised } from "@/lib/audit/raise";
import type { Trace } from "@/lib/audit/record";
import { invalidField, isUniqueViolation } from "@/lib/errors";
import type { GroupRow } from "@/lib/memberships/scoped";
import { foldName } from "@/lib/normalization/fold";
import { searchText } from "@/lib/normalization/search";
import { together } from "@/lib/platform/together";

/** The one writer of groups, what they carry and who is in them. */
export type GroupRole = { roleId: string; endsAt: Date | null };

type Details = { name: string; description: string; ownerId: string | null };

export async function insertGroup(tx: Tx, id: string, details: Details, createdAt: Date): Promise<GroupRow> {
  const [group] = await uniquely(details.name, () =>
    tx
      .insert(groups)
      .values({ id, ...columnsOf(details), createdAt })
      .returning(),
  );
  if (!group) throw new Error("The group was not stored");
  return group;
}

/** Saves columns of a group and raises the version that two editors compare. */
export async function saveGroup(tx: Tx, id: string, details?: Details): Promise<GroupRow> {
  const [group] = await uniquely(details?.name ?? "", () =>
    tx
      .update(groups)
      .set({ ...(details && { ...columnsOf(details), nameKey: keptKey(details.name) }), ...raised(tx, groups) })
      .where(eq(groups.id, id))
      .returning(),
  );
  if (!group) throw new Error("The group vanished while it was locked");
  return group;
}

/** Hands groups from their owners to others: what removing and restoring people asks for (U11). Returns those that were still theirs. */
export async function giveGroups(tx: Tx, handed: Handed[]): Promise<string[]> {
  if (handed.length === 0) return [];
  const given = await tx
    .update(groups)
    .set({ ownerId: sql`given.to_id`, ...raised(tx, groups) })
    .from(handedRows(handed))
    .where(sql`${groups.id} = given.id and ${groups.ownerId} = given.from_id`)
    .returning({ id: groups.id });
  return given.map(({ id }) => id);
}

export async function eraseGroup(tx: Tx, id: string): Promise<void> {
  await tx.delete(groups).where(eq(groups.id, id));
}

const columnsOf = (details: Details) => ({
  ...details,
  nameKey: foldName(details.name),
  search: searchText(details.name, details.description),
});

/** A name that is not changed keeps its key, also one of an earlier folding. */
const keptKey = (name: string) =>
  sql`case when ${groups.name} = ${name} then ${groups.nameKey} else ${foldName(name)} end`;

/** The unique index refuses a duplicate at its field, whatever the race. */
async function uniquely<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isUniqueViolation(error, "groups_name")) throw error;
    throw invalidField("name", `"${name}" is already in use. Group names are not case-sensitive.`);
  }
}

export async function rolesOf(tx: Pick<Tx, "select">, groupId: string): Promise<GroupRole[]> {
  return tx
    .select({ roleId: groupRoles.roleId, endsAt: groupRoles.endsAt })
    .from(groupRoles)
    .where(eq(groupRoles.groupId, groupId));
}

/** Makes these the roles that a group carries. */
export async function saveRoles(tx: Tx, groupId: string, wanted: GroupRole[]): Promise<void> {
  const held = await rolesOf(tx, groupId);
  const gone = held.filter(({ roleId }) => !wanted.some((role) => role.roleId === roleId)).map(({ roleId }) => roleId);
  if (gone.length > 0)
    await tx.delete(groupRoles).where(and(eq(groupRoles.groupId, groupId), inArray(groupRoles.roleId, gone)));
  const same = (a: GroupRole, b: GroupRole) => a.roleId === b.roleId && a.endsAt?.getTime() === b.endsAt?.getTime();
  for (const { roleId, endsAt } of wanted.filter((role) => !held.some((one) => same(one, role))))
    await tx
      .insert(groupRoles)
      .values({ groupId, roleId, endsAt })
      .onConflictDoUpdate({ target: [groupRoles.groupId, groupRoles.roleId], set: { endsAt } });
}

/**
 * Puts a person into groups, or gives memberships another end. `providerId`: the provider that gives them and may take them back;
 * what somebody here saves is theirs from then on (I3).
 */
export async function saveMemberships(
  tx: Tx,
  userId: string,
  memberships: { groupId: string; endsAt: Date | null }[],
  providerId: string | null = null,
): Promise<void> {
  await saveTogether(
    tx,
    memberships.map(({ groupId, endsAt }) => ({ groupId: groupId.toLowerCase(), userId, endsAt, providerId })),
  );
}

/** In the order of groups and people, so that no two changes wait for each other. */
const saveTogether = together<(typeof groupMembers.$inferInsert)[], void>(async (tx, saved) => {
  const last = new Map(saved.flat().map((row) => [`${row.groupId} ${row.userId}`, row]));
  const rows = [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  if (rows.length > 0)
    await tx
      .insert(groupMembers)
      .values(rows)
      .onConflictDoUpdate({
        target: [groupMembers.groupId, groupMembers.userId],
        set: { endsAt: sql`excluded.ends_at`, providerId: sql`excluded.provider_id` },
      });
  return saved.map(() => undefined);
});

/** What a provider gave is everybody's own from now on. */
export async function keepMemberships(tx: Tx, providerId: string): Promise<void> {
  await tx.update(groupMembers).set({ providerId: null }).where(eq(groupMembers.providerId, providerId));
}

export async function eraseMemberships(tx: Tx, userId: string, groupIds: string[]): Promise<void> {
  if (groupIds.length === 0) return;
  await tx.delete(groupMembers).where(and(eq(groupMembers.userId, userId), inArray(groupMembers.groupId, groupIds)));
}

/** Auditable fields of a group, in words. */
export async function traceOf(tx: Tx, group: GroupRow): Promise<Trace> {
  const carried = await tx
    .select({ name: roles.name, endsAt: groupRoles.endsAt })
    .from(groupRoles)
    .innerJoin(roles, eq(roles.id, groupRoles.roleId))
    .where(eq(groupRoles.groupId, group.id))
    .orderBy(roles.nameKey);
  return {
    name: group.name,
    description: group.description,
    owner: personValue(group.ownerId),
    roles: carried.map(({ name, endsAt }) => (endsAt ? `${name} until ${endsAt.toISOString()}` : name)),
  };
}
