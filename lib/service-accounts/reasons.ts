import type { ShownStatus } from "@/db/enums";
import type { AccountStatus } from "@/lib/authz/service-account-status";
import type { RoleUnderOwner } from "@/lib/authz/service-accounts";
import { isOperation, operationOf } from "@/lib/operations";

/** Why a service account does not work, or a role of it gives less than it carries, so that nobody has to guess (T6). */

type Owner = { name: string; visible: boolean; status: ShownStatus; ended: boolean } | null;

/** "Lee Lead is disabled. It resumes automatically."; null for one that works. Of an owner out of sight only what the state says already (R11). */
export function statusReason(status: AccountStatus, owner: Owner): string | null {
  switch (status) {
    case "working":
      return null;
    case "disabled":
      return "Every use of its tokens is refused until somebody enables it.";
    case "stopped":
      if (owner && !owner.visible) return "Its owner has left. Choose a new owner.";
      return owner ? `${owner.name} has been removed. Choose a new owner.` : "It has no owner. Choose one.";
    case "paused":
      if (!owner?.visible) return "The access of its owner is paused. It resumes automatically.";
      return `${owner?.name} ${owner?.ended ? "no longer has access" : pausing[owner?.status ?? "disabled"]}. It resumes automatically.`;
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
  if (needs.length > 0) return `Gives nothing: it requires ${needs.join(" or ")}, which ${owner} is not.`;
  const given = gives.reduce((sum, { operations }) => sum + operations.length, 0);
  if (given === 0 && withheld.length === 0)
    return "Gives nothing: what it carries applies to a user's own account, and a service account has none.";
  if (withheld.length === 0) return null;
  if (given === 0) return `Gives nothing: ${owner} could not grant it.`;
  const [first, ...more] = withheld.map(({ operation }) => sentenceOf(operation));
  const rest = more.length > 0 ? ` and ${more.length} more` : "";
  return `Gives ${given} of ${given + withheld.length}: ${owner} could not grant "${first}"${rest}.`;
}

const sentenceOf = (key: string) => (isOperation(key) ? operationOf(key).sentence : key);

type Idle = { name: string; idle: boolean; reason: string | null };

/** 'Of its 2 roles, "Staging Tester" gives nothing: Lee Lead could not grant it.'; null where all of them give something. */
export function idleRoles(roles: Idle[]): string | null {
  const idle = roles.filter((role) => role.idle);
  const [first, ...more] = idle;
  if (!first) return null;
  const among = roles.length === 1 ? "Its role" : `Of its ${roles.length} roles,`;
  if (more.length > 0) return `${among} ${idle.length} give nothing. Each shows its reason.`;
  return `${among} "${first.name}" ${(first.reason ?? "Gives nothing.").replace(/^Gives/, "gives")}`;
}
