import { refuseStale } from "@/lib/audit/raiser";
import { command } from "@/lib/kernel/command";
import { accountTarget, eraseAccount } from "@/lib/people/service-accounts";
import { serviceAccountOperations } from "@/lib/service-accounts/operations";
import { accountPages } from "@/lib/service-accounts/pages";
import { deleteAccountSchema } from "@/lib/service-accounts/schema";
import { tokensInForce } from "@/lib/tokens/store";

/** Deletes a service account with its tokens, which are not known from then on. Returns the names of those that worked. */
export const deleteAccount = command(serviceAccountOperations["service_account.delete"], {
  input: deleteAccountSchema,
  route: "DELETE /service-accounts/{id}",
  target: ({ ctx, tx }, { id }) => accountTarget(ctx, tx, "service_account.read", id),
  check: ({ ctx, tx }, before, { version }) => refuseStale(ctx, tx, before, version, { noun: "service account" }),
  change: async ({ tx, now }, { id, name }) => {
    const ended = await tokensInForce(tx, { userId: null, serviceAccountId: id }, now);
    const tokens = ended.map((token) => token.name);
    await eraseAccount(tx, id);
    return { value: { id, name, tokens }, after: {}, facts: { tokens } };
  },
  refresh: accountPages,
});
