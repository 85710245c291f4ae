import { loadAccountAccess } from "@/lib/authz/service-accounts";
import { command } from "@/lib/kernel/command";
import { noticeCredentialChange } from "@/lib/mail/notice";
import { accountTarget, mayHaveTokens } from "@/lib/people/service-accounts";
import { serviceAccountOperations } from "@/lib/service-accounts/operations";
import { accountPages } from "@/lib/service-accounts/pages";
import { issueAccountTokenSchema } from "@/lib/service-accounts/schema";
import { endAfter, keepToken, traceOf } from "@/lib/tokens/store";
import { checkWanted } from "@/lib/tokens/wanted";

/** By its owner, or by somebody who may act on the owner, who is notified. It carries what the account may do, and no more. */
export const issueAccountToken = command(serviceAccountOperations["service_account.issue_token"], {
  for: "person",
  input: issueAccountTokenSchema,
  target: ({ ctx, tx }, { id }) => accountTarget(ctx, tx, "service_account.read", id),
  allowed: mayHaveTokens,
  check: async ({ tx, now }, { ownerId, roleIds }, input) => {
    const { access } = await loadAccountAccess(tx, { ownerId: ownerId ?? "", roleIds }, now);
    checkWanted(access, input, now);
  },
  change: async ({ ctx, tx, now }, account, { days, id, ...wanted }) => {
    const { ownerId } = account;
    const token = { ...wanted, userId: null, serviceAccountId: id, ownerId, expiresAt: endAfter(days, now) };
    const issued = await keepToken(ctx, tx, token);
    if (ownerId && ownerId !== ctx.actor.id) {
      const what = `Somebody created the access token "${issued.name}" for your service account "${account.name}".`;
      await noticeCredentialChange(ctx, tx, ownerId, what);
    }
    return { value: issued, after: traceOf(token), facts: { token: issued.name } };
  },
  refresh: (_, { id }) => accountPages({ id }),
});
