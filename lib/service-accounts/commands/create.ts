import { newId } from "@/db/columns";
import { scopesOf } from "@/lib/authz/evaluate";
import { command } from "@/lib/kernel/command";
import { checkOwner } from "@/lib/memberships/placement";
import { requireInSight } from "@/lib/people/placement";
import { lockChosen, namesInSight } from "@/lib/people/scoped";
import { accountTrace, insertAccount, saveAccountRoles } from "@/lib/people/service-accounts";
import { serviceAccountOperations } from "@/lib/service-accounts/operations";
import { serviceAccountsPath } from "@/lib/service-accounts/paths";
import { checkAccountRoles } from "@/lib/service-accounts/placement";
import { createAccountSchema } from "@/lib/service-accounts/schema";

/** Creates a service account for somebody, on whom the actor may act (R13). `invalid` at `name` when another has it. */
export const createAccount = command(serviceAccountOperations["service_account.create"], {
  input: createAccountSchema,
  route: "POST /service-accounts",
  target: async ({ ctx, tx }, { name, ownerId }) => {
    await lockChosen(tx, [ownerId]);
    // Actors who may create none get that answer alone.
    if (scopesOf(ctx.actor.access, "service_account.create").size > 0)
      await requireInSight(ctx, tx, "ownerId", [ownerId]);
    const [person = null] = (await namesInSight({ ...ctx, db: tx }, [ownerId])).values();
    const id = newId();
    return { id, person, record: id, trace: null, facts: { account: name } };
  },
  grants: (_, __, { roleIds }) => ({ roles: roleIds.map((roleId) => ({ roleId, until: null })) }),
  check: async ({ ctx, tx }, _, { ownerId, roleIds }) => {
    await checkOwner(ctx, tx, ownerId, { what: "a service account" });
    await checkAccountRoles(tx, roleIds);
  },
  change: async ({ ctx, tx, now }, id, { roleIds, ...details }) => {
    const createdBy = ctx.actor.access.personId;
    const account = await insertAccount(tx, { id, ...details, createdBy, createdAt: now });
    await saveAccountRoles(tx, id, roleIds);
    return { value: { id }, after: await accountTrace(tx, account) };
  },
  refresh: () => [serviceAccountsPath],
});
