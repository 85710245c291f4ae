import { refuseStale } from "@/lib/audit/raiser";
import { authorize } from "@/lib/authz/authorize";
import { require } from "@/lib/authz/decision";
import { command } from "@/lib/kernel/command";
import { checkOwner } from "@/lib/memberships/placement";
import { fullName } from "@/lib/normalization/names";
import { requireInSight } from "@/lib/people/placement";
import {
  accountTarget,
  accountTrace,
  findAccount,
  ownerOfAccount,
  saveAccount,
  saveAccountRoles,
} from "@/lib/people/service-accounts";
import { serviceAccountOperations } from "@/lib/service-accounts/operations";
import { accountPages } from "@/lib/service-accounts/pages";
import { checkAccountRoles } from "@/lib/service-accounts/placement";
import { updateAccountSchema } from "@/lib/service-accounts/schema";

/**
 * Saves the form "Details": name, owner, roles. `conflict` when somebody saved the account in the meantime. Another owner is a grant of what
 * it does under them (R14). `inSight` is false for an actor who has handed it on to somebody whom they do not reach.
 */
export const updateAccount = command(serviceAccountOperations["service_account.update"], {
  input: updateAccountSchema,
  route: "PATCH /service-accounts/{id}",
  target: ({ ctx, tx }, { id, ownerId }) => accountTarget(ctx, tx, "service_account.read", id, [ownerId]),
  grants: async ({ ctx, tx }, before, { id, ownerId, roleIds }) => {
    await requireInSight(ctx, tx, "ownerId", [ownerId], before.ownerId);
    const added = roleIds.filter((roleId) => !before.roleIds.includes(roleId));
    return {
      roles: added.map((roleId) => ({ roleId, until: null })),
      accounts: ownerId === before.ownerId ? [] : [{ accountId: id, ownerId }],
    };
  },
  check: async ({ ctx, tx }, before, { version, ownerId, roleIds }) => {
    await refuseStale(ctx, tx, before, version, { noun: "service account" });
    await checkAccountRoles(tx, roleIds);
    if (ownerId === before.ownerId) return;
    await checkOwner(ctx, tx, ownerId, { what: "a service account" });
    const owner = await ownerOfAccount(tx, { ownerId });
    const person = owner && { id: owner.id, name: fullName(owner) };
    require(await authorize(ctx, tx, "service_account.update", { person }));
  },
  change: async ({ ctx, tx }, _, { id, version, roleIds, ...details }) => {
    await saveAccountRoles(tx, id, roleIds);
    const saved = await saveAccount(tx, id, details);
    const inSight = (await findAccount({ ...ctx, db: tx }, "service_account.read", id)) !== null;
    return { value: { id, version: saved.version, inSight }, after: await accountTrace(tx, saved) };
  },
  refresh: accountPages,
});
