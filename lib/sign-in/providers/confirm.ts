import { and, eq } from "drizzle-orm";
import { identities } from "@/db/schema";
import { isAnswer, provedAt } from "@/lib/auth/providers/oidc/auth-time";
import { AppError } from "@/lib/errors";
import { forgetWrong } from "@/lib/factors/attempts";
import { lockOwnSession } from "@/lib/factors/own-session";
import { waysOf } from "@/lib/factors/ways";
import type { ProviderRow } from "@/lib/identity-providers/store";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import { sessionOperations } from "@/lib/sessions/operations";
import { noteProof } from "@/lib/sessions/proofs";

type Proved = {
  provider: ProviderRow;
  issuer: string;
  subject: string;
  authenticatedAt: Date | null;
  /** When the provider was asked, in milliseconds. */
  begunAt: number;
};

const unproved = (refusal: "again" | "other" | "undated" | "old", sentence: string) =>
  new AppError("precondition", sentence, { details: { refusal } });

/**
 * Proves who one is again at the provider (S8): by an identity of one's own, and by a proof that was given there after it was asked
 * for, as the ID token says (OpenID Connect Core 1.0, 3.1.2.1). The session is fresh from that moment on.
 */
export const confirmSession = command(sessionOperations["session.verify"], {
  key: "session.verify_identity",
  for: "person",
  input: internalInput<Proved>(),
  target: async ({ ctx, tx }, { provider }) => ({
    ...(await lockOwnSession(ctx, tx)),
    facts: { provider: provider.name },
  }),
  check: async ({ tx, now }, { user }, { provider, issuer, subject, authenticatedAt, begunAt }) => {
    const { providers } = await waysOf(tx, user.id, now);
    if (!providers.some(({ id }) => id === provider.id))
      throw unproved("again", "There is now another way to confirm the identity.");
    const { providerId, issuer: from, subject: named, userId } = identities;
    const [own] = await tx
      .select({ id: identities.id })
      .from(identities)
      .where(and(eq(providerId, provider.id), eq(from, issuer), eq(named, subject), eq(userId, user.id)));
    if (!own) throw unproved("other", "It was another account at the provider.");
    if (!authenticatedAt) throw unproved("undated", "The provider does not send the time of the sign-in.");
    if (!isAnswer(authenticatedAt, { begunAt, now }))
      throw unproved("old", "The provider did not ask for a new sign-in.");
  },
  change: async ({ tx, now }, { session }, { authenticatedAt }) => {
    const verifiedAt = provedAt(authenticatedAt, now);
    await forgetWrong(tx, session.id);
    if (verifiedAt > session.verifiedAt) await noteProof(tx, session.id, verifiedAt);
    return { value: { stage: session.stage }, after: null };
  },
});
