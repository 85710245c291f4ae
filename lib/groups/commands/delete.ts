import { asc, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { groupMembers, groups } from "@/db/schema";
import { peopleValue } from "@/lib/audit/named";
import { refuseStale } from "@/lib/audit/raiser";
import { refuseToLoseAdministration } from "@/lib/authz/administrators";
import { guardTaken } from "@/lib/authz/guards";
import { isOver } from "@/lib/authz/model";
import { groupOperations } from "@/lib/groups/operations";
import { groupsPath } from "@/lib/groups/paths";
import { deleteGroupSchema } from "@/lib/groups/schema";
import { groupTarget } from "@/lib/groups/target";
import { command } from "@/lib/kernel/command";
import { holdsLocks, lockEvery, lockEveryAtOnce, lockRows } from "@/lib/kernel/lock";
import { findGroup } from "@/lib/memberships/scoped";
import { eraseGroup } from "@/lib/memberships/store";
import { membersToLock, raiseVersions } from "@/lib/people/store";

/** Deletes a group with its memberships: its members lose what it carries. Returns how many they were. */
export const deleteGroup = command(groupOperations["group.delete"], {
  input: deleteGroupSchema,
  route: "DELETE /groups/{id}",
  target: async ({ ctx, tx }, { id }) => {
    if (await findGroup(ctx, id)) await lockWithMembers(tx, id);
    return groupTarget(ctx, tx, id);
  },
  change: async ({ ctx, tx, now }, before, { id, version }) => {
    await refuseStale(ctx, tx, before, version, { noun: "group" });
    const carried = before.roles.filter(({ endsAt }) => !isOver(endsAt, now));
    await guardTaken(ctx, tx, carried);
    const left = await membersOf(tx, id);
    const members = await raiseVersions(tx, id);
    await eraseGroup(tx, id);
    await refuseToLoseAdministration(ctx, tx);
    return {
      value: { name: before.name, members },
      before: { members: peopleValue(left) },
      after: {},
      facts: { members },
    };
  },
  refresh: () => [groupsPath],
});

/** Thrown to give back the locks: somebody joined who is being changed elsewhere. */
class Joined extends Error {}

/**
 * Locks everybody in a group and then the group, into which nobody can come from then on. People are locked before groups
 * everywhere, so a person added between the two is locked only where that needs no waiting; else it begins again.
 */
async function lockWithMembers(tx: Tx, id: string): Promise<void> {
  if (!holdsLocks(tx)) return;
  const lock = async (attempt: Tx) => {
    await lockEvery(attempt, membersToLock(attempt, id));
    await lockRows(attempt, attempt.select({ id: groups.id }).from(groups).where(eq(groups.id, id)), "update");
    if (!(await lockEveryAtOnce(attempt, membersToLock(attempt, id)))) throw new Joined();
    return true;
  };
  const isJoined = (error: unknown) => {
    if (error instanceof Joined) return false;
    throw error;
  };
  while (!(await tx.transaction(lock).catch(isJoined)));
}

const mostNamed = 1_000;

/** Whom the event names, up to 1,000; it says in any case how many they were. */
async function membersOf(tx: Tx, groupId: string): Promise<string[]> {
  const members = await tx
    .select({ id: groupMembers.userId })
    .from(groupMembers)
    .where(eq(groupMembers.groupId, groupId))
    .orderBy(asc(groupMembers.userId))
    .limit(mostNamed);
  return members.map(({ id }) => id);
}
