import { refuseStale } from "@/lib/audit/raiser";
import { command } from "@/lib/kernel/command";
import { accountTarget, accountTrace, saveAccount } from "@/lib/people/service-accounts";
import { serviceAccountOperations } from "@/lib/service-accounts/operations";
import { accountPages } from "@/lib/service-accounts/pages";
import { accountSchema, enableAccountSchema } from "@/lib/service-accounts/schema";

/** Refuses every use of its tokens until somebody enables it again. They stay. */
export const disableAccount = command(serviceAccountOperations["service_account.disable"], {
  input: accountSchema,
  route: "POST /service-accounts/{id}/disable",
  target: ({ ctx, tx }, { id }) => accountTarget(ctx, tx, "service_account.read", id),
  already: ({ id, version, disabledAt }) => (disabledAt ? { value: { id, version } } : null),
  change: async ({ tx, now }, { id }) => {
    const saved = await saveAccount(tx, id, { disabledAt: now });
    return { value: { id, version: saved.version }, after: await accountTrace(tx, saved) };
  },
  refresh: accountPages,
});

export const enableAccount = command(serviceAccountOperations["service_account.enable"], {
  input: enableAccountSchema,
  route: "POST /service-accounts/{id}/enable",
  target: ({ ctx, tx }, { id }) => accountTarget(ctx, tx, "service_account.read", id),
  already: ({ id, disabledAt }) => (disabledAt ? null : { value: { id } }),
  check: ({ ctx, tx }, account, { version = account.version }) =>
    refuseStale(ctx, tx, account, version, { noun: "service account" }),
  change: async ({ tx }, { id }) => {
    const saved = await saveAccount(tx, id, { disabledAt: null });
    return { value: { id }, after: await accountTrace(tx, saved) };
  },
  refresh: accountPages,
});
