import { and, eq, sql } from "drizzle-orm";
import { keptBuilt } from "@/db/kept";
import { identities, type MappedClaims } from "@/db/schema";
import type { Proof } from "@/lib/auth/providers/oidc/next-provider";
import { type Ctx, createContext, type Reads } from "@/lib/context";
import { AppError, collisionOf } from "@/lib/errors";
import { asProvider, proofOfProvider } from "@/lib/identity-providers/actor";
import { matchIdentity, preparedUser } from "@/lib/identity-providers/commands/match";
import { provisionUser } from "@/lib/identity-providers/commands/provision";
import { claimsOf, isOfDomain, isVerified, isWhole, profileOf } from "@/lib/identity-providers/profile";
import type { ProviderRow } from "@/lib/identity-providers/store";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import { db } from "@/lib/platform/db";
import { sessionOperations } from "@/lib/sessions/operations";
import { bringUpToDate } from "@/lib/sign-in/providers/bring-up-to-date";
import type { PurposeKind } from "@/lib/sign-in/providers/cookies";
import { linkAwaited } from "@/lib/sign-in/providers/link-awaited";
import { codeOf, ProviderRefusal, type RefusalCode } from "@/lib/sign-in/providers/refusals";
import { refusedState, type StartedSession, startSession } from "@/lib/sign-in/start-session";

/** An identity that Gatehouse knows, and whose it is. */
export type Known = { id: string; userId: string };

/**
 * Signs in whom a provider has proved. Issuer and subject alone identify them (I5); a first sign-in recognizes a user
 * created beforehand, or creates one where the provider may (I2); afterwards fields and groups are brought up to date (I3). Throws `ProviderRefusal`, whose
 * event is written.
 */
export async function signInThrough(
  ctx: Ctx,
  provider: ProviderRow,
  { proof, device }: { proof: Proof; device: string | null },
): Promise<StartedSession> {
  const claims = claimsOf(provider, proof.claims);
  const find = () => findIdentity(ctx, provider, proof);
  const identity =
    (await find()) ??
    (await linkAwaited(ctx, provider, { proof, claims, find })) ??
    (await recognize(ctx, provider, proof, claims)) ??
    (await createUser(ctx, provider, proof, claims));
  const { subject, sid, issuedAt, idToken, authenticatedAt } = proof;
  const opened = { id: identity.id, subject, sid, issuedAt, idToken, authenticatedAt, provider, claims };
  const started = await startSession(ctx, identity.userId, { identity: opened, device }).catch(refusedStart);
  await bringUpToDate(ctx, provider, { ...identity, person: started.person }, claims);
  return started;
}

async function findIdentity(ctx: Ctx, provider: ProviderRow, { issuer, subject }: Proof): Promise<Known | null> {
  const [found] = await askIdentity(ctx.db, { providerId: provider.id, issuer, subject });
  return found ?? null;
}

const askIdentity = keptBuilt((db: Reads) => {
  const { id, userId, providerId, issuer, subject } = identities;
  const isIt = and(
    eq(providerId, sql.placeholder("providerId")),
    eq(issuer, sql.placeholder("issuer")),
    eq(subject, sql.placeholder("subject")),
  );
  return db.select({ id, userId }).from(identities).where(isIt);
});

/** Somebody who was created here beforehand for this provider, by an email that it has verified (I2); else null. */
async function recognize(ctx: Ctx, provider: ProviderRow, proof: Proof, claims: MappedClaims): Promise<Known | null> {
  const { email } = profileOf(claims);
  if (email === undefined || !isVerified(provider, claims) || !isOfDomain(provider, email)) return null;
  const userId = await preparedUser(ctx.db, provider, email);
  // Another sign-in of the same person may have come first.
  if (userId === null) return findIdentity(ctx, provider, proof);
  const acting = createContext(db(), proofOfProvider(provider.id), { source: ctx.source, now: ctx.now });
  try {
    return await matchIdentity(acting, { userId, provider, subject: proof.subject, email, claims });
  } catch (error) {
    // Or have come between, this one's or another subject's with the same email.
    const meanwhile = await findIdentity(ctx, provider, proof);
    if (meanwhile) return meanwhile;
    if (error instanceof AppError) throw new ProviderRefusal("taken");
    return collided(error);
  }
}

async function createUser(ctx: Ctx, provider: ProviderRow, proof: Proof, claims: MappedClaims): Promise<Known> {
  if (!provider.createsUsers) {
    const unverified = isVerified(provider, claims) ? "" : ", and it has not verified the email";
    return refuse(ctx, provider, "unknown", `nobody here is linked to it${unverified}`);
  }
  const profile = profileOf(claims);
  if (!isWhole(profile))
    return refuse(ctx, provider, "profile", "it does not send a user name, an email and a first name");
  if (!isVerified(provider, claims)) return refuse(ctx, provider, "unverified", "it has not verified the email");
  if (!isOfDomain(provider, profile.email)) return refuse(ctx, provider, "domain", "the email is of another domain");
  const acting = await asProvider(ctx, provider).catch(async (error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    return refuse(ctx, provider, "beyond", error.message.replace(/\.$/, ""));
  });
  try {
    const created = await provisionUser(acting, {
      provider,
      subject: proof.subject,
      claims,
      profile,
    });
    return { id: created.identityId, userId: created.userId };
  } catch (error) {
    // Another sign-in of the same person may have created them in the meantime.
    const meanwhile = await findIdentity(ctx, provider, proof);
    if (meanwhile) return meanwhile;
    if (!(error instanceof AppError)) return collided(error);
    throw new ProviderRefusal(error.code === "invalid" && error.fields ? "taken" : "beyond");
  }
}

/** The provider, or the account, may have been deleted at the same moment. */
function collided(error: unknown): never {
  throw collisionOf(error) ? new ProviderRefusal("again") : error;
}

function refusedStart(error: unknown): never {
  const state = refusedState(error);
  if (state) throw new ProviderRefusal(state);
  if (error instanceof AppError) throw new ProviderRefusal(error.code === "precondition" ? codeOf(error) : "refused");
  throw error;
}

/** Writes the event of a sign-in that a provider did not bring about, and throws the refusal. */
export async function refuse(
  ctx: Ctx,
  provider: { id: string; name: string },
  code: RefusalCode,
  reason: string,
  errand?: Errand,
): Promise<never> {
  await refuseProviderSignIn(ctx, { provider, reason, errand });
  throw new ProviderRefusal(code);
}

/** For whom and for what somebody was there, where it was no sign-in. */
export type Errand = { purpose: PurposeKind; person: { id: string; name: string } | null };

type Refused = { provider: { id: string; name: string }; reason: string; errand?: Errand };

export const refuseProviderSignIn = command(sessionOperations["session.refuse"], {
  key: "session.refuse_provider",
  input: internalInput<Refused>(),
  target: async (_, { provider: { id }, errand }) => ({
    id,
    kind: "identity_provider",
    person: errand?.person ?? null,
    record: null,
    trace: null,
  }),
  change: async (_, __, { provider, reason, errand }) => ({
    value: undefined,
    after: null,
    outcome: "refused",
    facts: { provider: provider.name, reason, ...(errand && { purpose: errand.purpose }) },
  }),
});
