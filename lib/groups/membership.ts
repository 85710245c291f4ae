import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { groupMembers } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { groupsPath } from "@/lib/groups/paths";
import { groupTarget, type StoredGroup } from "@/lib/groups/target";
import type { Target } from "@/lib/kernel/steps";
import { fullName } from "@/lib/normalization/names";
import { lockChosen, lockPerson } from "@/lib/people/scoped";

/** One person and one group; `held` is null while the person is not in it. */
export type Membership = {
  group: StoredGroup;
  name: string;
  archived: boolean;
  held: { endsAt: Date | null } | null;
};

/** The pages that show a membership. */
export const memberPages = (_: unknown, { groupId, userId }: { groupId: string; userId: string }) => [
  `${groupsPath}/${groupId}`,
  `/admin/users/${userId}`,
];

/**
 * A membership as the target of a change: person and group locked, both in sight of the actor, else `not_found`. The
 * person first, as where somebody who owns the group is removed.
 */
export async function memberTarget(ctx: Ctx, tx: Tx, groupId: string, userId: string): Promise<Target<Membership>> {
  await lockChosen(tx, [], userId);
  const { record: group, facts } = await groupTarget(ctx, tx, groupId);
  const person = await lockPerson(ctx, tx, "user.read", userId);
  const name = fullName(person);
  const [held] = await tx
    .select({ endsAt: groupMembers.endsAt })
    .from(groupMembers)
    .where(and(eq(groupMembers.groupId, groupId), eq(groupMembers.userId, userId)));
  return {
    id: groupId,
    person: { id: userId, name },
    ownerId: group.ownerId,
    record: { group, name, archived: person.status === "archived", held: held ?? null },
    trace: held ? { endsAt: held.endsAt?.toISOString() ?? null } : null,
    facts,
  };
}
