import type { ShownStatus } from "@/db/enums";
import type { AccountStatus } from "@/lib/authz/service-account-status";
import type { RoleUnderOwner } from "@/lib/authz/service-accounts";
import { isOperation, operationOf } from "@/lib/operations";

/** Why a service account does not work, or a role of it gives less than it carries, so that nobody has to guess (T6). */

type Owner = { name: string; status: ShownStatus; ended: boolean } | null;

/** "Paused: Lee Lead is disabled."; null for one that works. */
export function statusReason(status: AccountStatus, owner: Owner): string | null {
  switch (status) {
    case "working":
      return null;
    case "disabled":
      return "Disabled: every use of its tokens is refused until somebody enables it.";
    case "stopped":
      return owner
        ? `Stopped: ${owner.name} has been removed. Choose a new owner.`
        : "Stopped: it has no owner. Choose one.";
    case "paused":
      return `Paused: ${owner?.name} ${owner?.ended ? "has no access any more" : pausing[owner?.status ?? "disabled"]}. It goes on by itself.`;
  }
}

const pausing: Record<ShownStatus, string> = {
  invited: "has not signed in yet",
  disabled: "is disabled",
  active: "is active",
  locked: "is locked",
  archived: "has been removed",
};

/** What a role gives of what it carries, where that is less; null where it gives all of it. */
export function roleReason({ gives, withheld, needs }: RoleUnderOwner, owner: string): string | null {
  if (needs.length > 0) return `Gives nothing: it goes only with ${needs.join(" or ")}, which ${owner} is not.`;
  const given = gives.reduce((sum, { operations }) => sum + operations.length, 0);
  if (given === 0 && withheld.length === 0)
    return "Gives nothing: what it carries is for one's own account, and a service account has none.";
  if (withheld.length === 0) return null;
  if (given === 0) return `Gives nothing: ${owner} could not grant it.`;
  const [first, ...more] = withheld.map(({ operation }) => sentenceOf(operation));
  const rest = more.length > 0 ? ` and ${more.length} more` : "";
  return `Gives ${given} of ${given + withheld.length}: ${owner} could not grant "${first}"${rest}.`;
}

const sentenceOf = (key: string) => (isOperation(key) ? operationOf(key).sentence : key);

/** "Of its 3 roles, 'Reader' gives nothing." for the head of the page; null where all of them give something. */
export function idleRoles(roles: RoleUnderOwner[]): string | null {
  const idle = roles.filter(({ gives }) => gives.length === 0).map(({ name }) => `"${name}"`);
  if (idle.length === 0) return null;
  const names =
    idle.length > 2 ? `${idle.length} of them give` : `${idle.join(" and ")} ${idle.length > 1 ? "give" : "gives"}`;
  return roles.length === 1 ? `Its role ${idle[0]} gives nothing.` : `Of its ${roles.length} roles, ${names} nothing.`;
}
