import { lastsLonger } from "@/lib/authz/model";
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

const endsEarlier = (next: Date | null, held: Dated) => next !== null && (held.endsAt === null || next < held.endsAt);

type Carried = Dated & { roleId: string };

/** Of the roles that a group shall carry: those that are new or last longer, and those that leave or end earlier (R8). */
export function compareRoles(before: Carried[], after: Carried[]): { given: Carried[]; taken: Carried[] } {
  const heldAs = (roleId: string) => before.find((role) => role.roleId === roleId);
  return {
    given: after.filter(({ roleId, endsAt }) => lastsLonger(endsAt, heldAs(roleId))),
    taken: before.filter((held) => {
      const next = after.find(({ roleId }) => roleId === held.roleId);
      return !next || endsEarlier(next.endsAt, held);
    }),
  };
}
