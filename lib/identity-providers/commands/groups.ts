import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { groupMembers, groups, users } from "@/db/schema";
import { isOver } from "@/lib/authz/model";
import { precondition } from "@/lib/errors";
import { identityProviderOperations } from "@/lib/identity-providers/operations";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import { lockRows } from "@/lib/kernel/lock";
import type { Target, Work } from "@/lib/kernel/steps";
import { eraseMemberships, saveMemberships } from "@/lib/memberships/store";
import { fullName } from "@/lib/normalization/names";
import { userPages } from "@/lib/people/pages";
import { raiseVersion } from "@/lib/people/store";

type Move = { userId: string; identityId: string; provider: { id: string; name: string }; groupIds: string[] };

type Group = { id: string; name: string };

/** `held`: the existing memberships among these groups; `moved`: those that the move still concerns. */
type Moving = { userId: string; moved: Group[]; held: string[] };

/**
 * Puts somebody into the groups that their provider has sent (I3), as the provider: each passes R8 by what the ceiling leaves of
 * its owner, and R13 applies. Several are one change: the caller leaves out what would be refused.
 */
export const joinGroups = command(identityProviderOperations["identity.join_groups"], {
  input: internalInput<Move>(),
  target: (work, move) => movingTarget(work, move, (held) => held === undefined || isOver(held.endsAt, work.now)),
  already: ({ userId, moved }) => (moved.length === 0 ? { value: { id: userId } } : null),
  grants: (_, { moved }) => ({ memberships: moved.map(({ id }) => ({ groupId: id, until: null })) }),
  change: async ({ tx }, { userId, moved, held }, { provider }) => {
    const joined = moved.map(({ id }) => ({ groupId: id, endsAt: null }));
    await saveMemberships(tx, userId, joined, provider.id);
    await raiseVersion(tx, userId);
    return { value: { id: userId }, after: { groups: [...held, ...namesOf(moved)].sort() } };
  },
  refresh: userPages,
});

/**
 * Takes somebody out of groups that this provider has put them into and no longer sends. Ending is always allowed (U15), whoever
 * owns the provider now and whatever the person holds, except for the last administrator.
 */
export const leaveGroups = command(identityProviderOperations["identity.leave_groups"], {
  input: internalInput<Move>(),
  target: (work, move) => movingTarget(work, move, (held) => held?.providerId === move.provider.id),
  already: ({ userId, moved }) => (moved.length === 0 ? { value: { id: userId } } : null),
  change: async ({ tx }, { userId, moved, held }) => {
    const left = new Set(moved.map(({ id }) => id));
    await eraseMemberships(tx, userId, [...left]);
    await raiseVersion(tx, userId);
    const gone = new Set(namesOf(moved));
    return {
      value: { id: userId },
      after: { groups: held.filter((name) => !gone.has(name)) },
    };
  },
  refresh: userPages,
});

type Membership = { endsAt: Date | null; providerId: string | null };

async function movingTarget(
  { tx }: Work,
  { userId, identityId, provider, groupIds }: Move,
  moves: (held: Membership | undefined) => boolean,
): Promise<Target<Moving>> {
  const [person] = await lockRows(tx, tx.select().from(users).where(eq(users.id, userId)), "update");
  if (!person) throw precondition("The user has been erased.");
  const known = await lockGroups(tx, groupIds);
  const held = await tx
    .select()
    .from(groupMembers)
    .where(
      and(
        eq(groupMembers.userId, userId),
        inArray(
          groupMembers.groupId,
          known.map(({ id }) => id),
        ),
      ),
    );
  const membershipIn = (id: string) => held.find(({ groupId }) => groupId === id);
  const moved = known.filter(({ id }) => moves(membershipIn(id)));
  const names = namesOf(known.filter(({ id }) => membershipIn(id))).sort();
  return {
    id: identityId,
    person: { id: person.id, name: fullName(person) },
    record: { userId, moved, held: names },
    trace: { groups: names },
    facts: { provider: provider.name, groups: namesOf(moved).join(", ") },
  };
}

/** In the order of the ids, and against a change of what they carry: it is checked against what is read now. */
const lockGroups = (tx: Tx, groupIds: string[]): PromiseLike<Group[]> =>
  lockRows(
    tx,
    tx.select({ id: groups.id, name: groups.name }).from(groups).where(inArray(groups.id, groupIds)).orderBy(groups.id),
    "share",
  );

const namesOf = (some: Group[]) => some.map(({ name }) => name);
