import { command } from "@/lib/kernel/command";
import { accountTarget, accountTrace, saveAccount } from "@/lib/people/service-accounts";
import { serviceAccountOperations } from "@/lib/service-accounts/operations";
import { accountPages } from "@/lib/service-accounts/pages";
import { accountSchema } from "@/lib/service-accounts/schema";

/** Refuses every use of its tokens until somebody enables it again. They stay. */
export const disableAccount = command(serviceAccountOperations["service_account.disable"], {
  input: accountSchema,
  route: "POST /service-accounts/{id}/disable",
  target: ({ ctx, tx }, { id }) => accountTarget(ctx, tx, "service_account.read", id),
  already: ({ id, disabledAt }) => (disabledAt ? { value: { id } } : null),
  change: async ({ tx, now }, { id }) => {
    const saved = await saveAccount(tx, id, { disabledAt: now });
    return { value: { id }, after: await accountTrace(tx, saved) };
  },
  refresh: accountPages,
});

export const enableAccount = command(serviceAccountOperations["service_account.enable"], {
  input: accountSchema,
  route: "POST /service-accounts/{id}/enable",
  target: ({ ctx, tx }, { id }) => accountTarget(ctx, tx, "service_account.read", id),
  already: ({ id, disabledAt }) => (disabledAt ? null : { value: { id } }),
  change: async ({ tx }, { id }) => {
    const saved = await saveAccount(tx, id, { disabledAt: null });
    return { value: { id }, after: await accountTrace(tx, saved) };
  },
  refresh: accountPages,
});
