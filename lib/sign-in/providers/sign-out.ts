import { and, eq, gt, inArray } from "drizzle-orm";
import { identities, identityProviders, sessionIdTokens, sessions, users } from "@/db/schema";
import { offeredFor, takeIdToken } from "@/lib/auth/id-tokens";
import { clientOf } from "@/lib/auth/providers/oidc/client";
import type { Ctx, Reads } from "@/lib/context";
import { notFound, precondition } from "@/lib/errors";
import { connectionOf } from "@/lib/identity-providers/find";
import { ownAddressesOf } from "@/lib/identity-providers/queries";
import type { ProviderRow } from "@/lib/identity-providers/store";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import { lockRows } from "@/lib/kernel/lock";
import { isId } from "@/lib/normalization/id";
import { fullName } from "@/lib/normalization/names";
import { OutgoingError } from "@/lib/platform/outgoing";
import { newOpaqueToken } from "@/lib/platform/token";
import { sessionOperations } from "@/lib/sessions/operations";
import { decryptCookie, encryptedCookie, forgotten, named, type SetCookie } from "@/lib/sign-in/providers/cookies";
import type { Begun } from "@/lib/sign-in/providers/handshake";

/**
 * Sign-out at the provider, once the session here has ended (OpenID Connect RP-Initiated Logout 1.0, I7). The browser keeps which
 * session that was, encrypted; the ID token stays here until it is used or the offer is over.
 */
type Offer = { sessionId: string };
type Awaited = { state: string; providerId: string };

const offerCookie = () => named("sign_out");
const awaitedCookie = () => named("signed_out");
const offering = "offer of a sign-out";
const awaiting = "sign-out that is awaited";

export const offerSignOut = (sessionId: string, now: Date): SetCookie =>
  encryptedCookie(offerCookie(), offering, { sessionId } satisfies Offer, now);

export const noSignOutOffer = (): SetCookie => forgotten(offerCookie());

type Cookies = Record<string, string>;

/** The provider at which this browser may sign out too; null: none, or no longer. */
export async function offeredSignOut(db: Reads, cookies: Cookies, now: Date): Promise<{ name: string } | null> {
  const found = await findOffer(db, cookies, now);
  return found && { name: found.provider.name };
}

/**
 * Only where the provider is set up as it was proved to work: a draft may lead elsewhere by now. One that is disabled signs out
 * all the same.
 */
async function findOffer(db: Reads, cookies: Cookies, now: Date) {
  const offer = decryptCookie<Offer>(cookies[offerCookie()], offering, now);
  if (!offer || !isId(offer.sessionId)) return null;
  const [found] = await db
    .select({ provider: identityProviders, sessionId: sessions.id })
    .from(sessions)
    .innerJoin(identities, eq(identities.id, sessions.identityId))
    .innerJoin(identityProviders, eq(identityProviders.id, identities.providerId))
    .where(
      and(
        eq(sessions.id, offer.sessionId),
        eq(sessions.endedReason, "signed_out"),
        gt(sessions.endedAt, new Date(now.getTime() - offeredFor)),
        eq(identities.issuer, identityProviders.issuer),
        inArray(identityProviders.state, ["enabled", "disabled"]),
      ),
    );
  return found ?? null;
}

/** Where this browser goes to sign out at the provider. Throws `precondition`, in a sentence for the person at the browser. */
export async function beginSignOut(ctx: Ctx, cookies: Cookies): Promise<Begun> {
  const found = await findOffer(ctx.db, cookies, ctx.now());
  if (!found) throw precondition("You are signed out of Gatehouse. To sign out at the provider, go there yourself.");
  const { provider, sessionId } = found;
  const client = await clientAt(ctx, provider);
  const hint = await takeHint(ctx, { id: sessionId, provider: provider.name });
  const state = newOpaqueToken();
  const url = client.endSessionUrl({
    ...(hint && { id_token_hint: hint }),
    post_logout_redirect_uri: ownAddressesOf(provider.slug).signedOut,
    state,
  });
  const awaited: Awaited = { state, providerId: provider.id };
  return { url, cookies: [encryptedCookie(awaitedCookie(), awaiting, awaited, ctx.now())] };
}

async function clientAt(ctx: Ctx, provider: ProviderRow) {
  const gone = (why: string) => precondition(`${provider.name} ${why}. You are signed out of Gatehouse.`);
  try {
    const client = await clientOf(connectionOf(ctx.db, provider));
    if (!client.issuer.metadata.end_session_endpoint) throw gone("offers no sign-out");
    return client;
  } catch (error) {
    if (error instanceof OutgoingError) throw gone("does not answer at the moment");
    throw error;
  }
}

/** Whether this is what the provider was asked for: then its name, for the page that it leads back to. */
export async function signedOutAt(db: Reads, cookies: Cookies, state: unknown, now: Date): Promise<string | null> {
  const awaited = decryptCookie<Awaited>(cookies[awaitedCookie()], awaiting, now);
  if (!awaited || awaited.state !== state) return null;
  const [found] = await db
    .select({ name: identityProviders.name })
    .from(identityProviders)
    .where(eq(identityProviders.id, awaited.providerId));
  return found?.name ?? null;
}

/** Takes the ID token of a session that has been signed out of; empty where it was taken before, or was too long to keep. */
export const takeHint = command(sessionOperations["session.sign_out"], {
  key: "session.sign_out_at_provider",
  input: internalInput<{ id: string; provider: string }>(),
  target: async ({ tx }, { id }) => {
    const over = tx
      .select({ session: sessions, user: users })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(and(eq(sessions.id, id), eq(sessions.endedReason, "signed_out")));
    const [row] = await lockRows(tx, over, "update", { of: sessions });
    if (!row) throw notFound("The session");
    const kept = await tx.$count(sessionIdTokens, eq(sessionIdTokens.sessionId, id));
    return { id, person: { id: row.user.id, name: fullName(row.user) }, record: { taken: kept === 0 }, trace: null };
  },
  already: ({ taken }) => (taken ? { value: "" } : null),
  change: async ({ tx }, _, { id, provider }) => ({
    value: (await takeIdToken(tx, id)) ?? "",
    after: null,
    facts: { provider },
  }),
});
