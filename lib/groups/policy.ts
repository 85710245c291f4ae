import type { OperationKey } from "@/lib/operations";

/** What can be done with one group: the operations that its buttons ask about. */
export const groupOperations = [
  "group.update",
  "group.delete",
  "group.add_member",
  "group.remove_member",
] as const satisfies OperationKey[];

export type GroupOperation = (typeof groupOperations)[number];

type Dated = { endsAt: Date | null };

/** Whether something lasts longer than it did. What was not there, or is over, lasts longer in any case. */
export function lastsLonger(next: Date | null, held: Dated | undefined, at: Date): boolean {
  if (!held || (held.endsAt !== null && held.endsAt <= at)) return true;
  return held.endsAt !== null && (next === null || next > held.endsAt);
}

const endsEarlier = (next: Date | null, held: Dated) => next !== null && (held.endsAt === null || next < held.endsAt);

type Carried = Dated & { roleId: string };

/** Of the roles that a group shall carry: those that are new or last longer, and those that leave or end earlier (R8). */
export function compareRoles(before: Carried[], after: Carried[], at: Date): { given: Carried[]; taken: string[] } {
  const heldAs = (roleId: string) => before.find((role) => role.roleId === roleId);
  return {
    given: after.filter(({ roleId, endsAt }) => lastsLonger(endsAt, heldAs(roleId), at)),
    taken: before
      .filter((held) => {
        const next = after.find(({ roleId }) => roleId === held.roleId);
        return !next || endsEarlier(next.endsAt, held);
      })
      .map(({ roleId }) => roleId),
  };
}
