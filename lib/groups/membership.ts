import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { groupMembers } from "@/db/schema";
import { refuseStale } from "@/lib/audit/raiser";
import { isOver } from "@/lib/authz/model";
import type { Ctx } from "@/lib/context";
import { groupsPath } from "@/lib/groups/paths";
import { groupTarget, type StoredGroup } from "@/lib/groups/target";
import type { Target } from "@/lib/kernel/steps";
import { fullName } from "@/lib/normalization/names";
import { lockChosen, lockPerson, type UserRow } from "@/lib/people/scoped";

/** One person and one group; `held` is null while the person is not in it. */
export type Membership = {
  group: StoredGroup;
  person: UserRow;
  name: string;
  archived: boolean;
  held: Held | null;
};

/** `given`: by a provider, which can take it back (I3). */
type Held = { endsAt: Date | null; given: boolean };

/** What a change of a membership gives. `before`: its earlier state, null for none in force; it is what "Undo" goes back to. */
export type MemberChange = { name: string; group: string; userVersion: number; before: Held | null };

export const memberChange = ({ name, group, held }: Membership, userVersion: number, now: Date): MemberChange => ({
  ...{ name, group: group.name, userVersion },
  before: held && !isOver(held.endsAt, now) ? held : null,
});

/** Refuses to go back on a change of somebody whom another has saved in the meantime (U9). */
export const refuseSavedSince = (ctx: Ctx, tx: Tx, { person, name }: Membership, userVersion = person.version) =>
  refuseStale(ctx, tx, { ...person, name }, userVersion, { noun: "user" });

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
    .select({ endsAt: groupMembers.endsAt, given: sql<boolean>`${groupMembers.providerId} is not null` })
    .from(groupMembers)
    .where(and(eq(groupMembers.groupId, groupId), eq(groupMembers.userId, userId)));
  return {
    id: groupId,
    person: { id: userId, name },
    ownerId: group.ownerId,
    record: { group, person, name, archived: person.status === "archived", held: held ?? null },
    trace: held ? { endsAt: held.endsAt?.toISOString() ?? null } : null,
    facts,
  };
}
