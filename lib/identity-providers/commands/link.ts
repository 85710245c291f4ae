import { and, eq } from "drizzle-orm";
import { identities, type MappedClaims } from "@/db/schema";
import { accountOf } from "@/lib/identity-providers/claims";
import { insertIdentity, isSomebodyElses, requireUnlinked } from "@/lib/identity-providers/identities";
import { identityProviderOperations } from "@/lib/identity-providers/operations";
import type { ProviderRow } from "@/lib/identity-providers/store";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import { noticeCredentialChange } from "@/lib/mail/notice";
import { lockOwnAccount } from "@/lib/people/own-account";

type Proved = { provider: ProviderRow; issuer: string; subject: string; claims: MappedClaims };

/**
 * Links one's own account with an identity that was just proved at its provider (I5). What the provider says about its email, and
 * its domains, do not matter: both sides are proved.
 */
export const linkIdentity = command(identityProviderOperations["identity.link"], {
  for: "person",
  input: internalInput<Proved>(),
  target: async ({ ctx, tx }, { provider, issuer, subject }) => {
    const { record, person } = await lockOwnAccount(ctx, tx, () => null);
    const { providerId, issuer: from, subject: named } = identities;
    const [known] = await tx
      .select({ id: identities.id, userId: identities.userId })
      .from(identities)
      .where(and(eq(providerId, provider.id), eq(from, issuer), eq(named, subject)));
    const own = known?.userId === record.id;
    return {
      id: own ? known.id : null,
      person,
      record: { userId: record.id, own, taken: known !== undefined && !own },
      trace: null,
      facts: { provider: provider.name },
    };
  },
  already: ({ own, userId }) => (own ? { value: { id: userId } } : null),
  check: async ({ tx }, { taken, userId }, { provider }) => {
    if (taken) throw isSomebodyElses(provider);
    await requireUnlinked(tx, provider, userId);
  },
  change: async ({ ctx, tx, now }, { userId }, proved) => {
    const id = await insertIdentity(tx, { ...proved, userId, now });
    await noticeCredentialChange(ctx, tx, userId, `Your account was linked to ${proved.provider.name}.`);
    return { value: { id: userId }, after: { account: accountOf(proved) }, id };
  },
  refresh: () => ["/account/security"],
});
