import { and, eq } from "drizzle-orm";
import { identities, type MappedClaims, users } from "@/db/schema";
import { providerActor } from "@/lib/auth/providers/actor";
import type { PurposeKind } from "@/lib/auth/providers/cookies";
import { linkAwaited } from "@/lib/auth/providers/link-awaited";
import { mapClaims } from "@/lib/auth/providers/oidc/claims";
import type { Proof } from "@/lib/auth/providers/oidc/next-provider";
import { ProviderRefusal, type RefusalCode } from "@/lib/auth/providers/refusals";
import { isOfDomain, isVerified } from "@/lib/auth/providers/verified";
import { refusedState, type StartedSession, startSession } from "@/lib/auth/start-session";
import { type Ctx, createContext } from "@/lib/context";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { differs, type Profile, provisionUser, syncUser } from "@/lib/identity-providers/commands/provision";
import type { ProviderRow } from "@/lib/identity-providers/store";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import { sessionOperations } from "@/lib/sessions/operations";
import { emailSchema, nameFields, usernameSchema } from "@/lib/users/schema";

/** An identity that Gatehouse knows, and whose it is. */
export type Known = { id: string; userId: string };

/**
 * Signs in whom a provider has proved. Who they are is told by issuer and subject alone (I5); a first sign-in creates the user
 * where the provider may (I2); afterwards the fields that it keeps are brought up to date (I3). Throws `ProviderRefusal`, whose
 * event is written.
 */
export async function signInThrough(
  ctx: Ctx,
  provider: ProviderRow,
  { proof, device }: { proof: Proof; device: string | null },
): Promise<StartedSession> {
  const claims = mapClaims(provider.mapping, proof.claims);
  const find = () => findIdentity(ctx, provider, proof);
  const identity =
    (await find()) ??
    (await linkAwaited(ctx, provider, { proof, claims, find })) ??
    (await createUser(ctx, provider, proof, claims));
  const { sid, idToken, authenticatedAt } = proof;
  const opened = { id: identity.id, sid, idToken, authenticatedAt, provider: provider.name, claims };
  const started = await startSession(ctx, identity.userId, { identity: opened, device }).catch(refusedStart);
  await bringUpToDate(ctx, provider, identity, claims);
  return started;
}

async function findIdentity(ctx: Ctx, provider: ProviderRow, { issuer, subject }: Proof): Promise<Known | null> {
  const { providerId, issuer: from, subject: named } = identities;
  const [found] = await ctx.db
    .select({ id: identities.id, userId: identities.userId })
    .from(identities)
    .where(and(eq(providerId, provider.id), eq(from, issuer), eq(named, subject)));
  return found ?? null;
}

async function createUser(ctx: Ctx, provider: ProviderRow, proof: Proof, claims: MappedClaims): Promise<Known> {
  if (!provider.createsUsers) return refuse(ctx, provider, "unknown", "nobody here is known by it");
  const profile = profileOf(claims);
  if (!isWhole(profile))
    return refuse(ctx, provider, "profile", "it does not tell a user name, an email and a first name");
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
    // Another sign-in of the same person may have created them meanwhile.
    const meanwhile = await findIdentity(ctx, provider, proof);
    if (meanwhile) return meanwhile;
    if (!(error instanceof AppError)) throw error;
    throw new ProviderRefusal(error.code === "invalid" && error.fields ? "taken" : "beyond");
  }
}

/** A sign-in does not fail where fields cannot be brought up to date: that has an event of its own. */
async function bringUpToDate(ctx: Ctx, provider: ProviderRow, identity: Known, claims: MappedClaims): Promise<void> {
  const [person] = await ctx.db.select().from(users).where(eq(users.id, identity.userId));
  if (person?.configuration !== provider.slug) return;
  const { username: _, email, ...names } = profileOf(claims);
  const kept = email !== undefined && isVerified(provider, claims) && isOfDomain(provider, email);
  const profile = kept ? { ...names, email } : names;
  if (!differs(person, profile)) return;
  try {
    await syncUser(await asProvider(ctx, provider), { ...identity, identityId: identity.id, provider, profile });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

async function asProvider(ctx: Ctx, provider: ProviderRow): Promise<Ctx> {
  const actor = await providerActor(ctx.db, provider.id, ctx.now());
  return createContext(db(), actor, { source: ctx.source, now: ctx.now });
}

/** What the mapped claims tell that could stand in a user's row. */
function profileOf(claims: MappedClaims): Partial<Profile> {
  const read = {
    username: usernameSchema.safeParse(claims.username ?? ""),
    email: emailSchema.safeParse(claims.email ?? ""),
    firstName: nameFields.firstName.safeParse(claims.firstName ?? ""),
    lastName: nameFields.lastName.safeParse(claims.lastName ?? ""),
  };
  return Object.fromEntries(
    Object.entries(read).flatMap(([field, { data }]) => (data === undefined ? [] : [[field, data]])),
  );
}

const isWhole = (profile: Partial<Profile>): profile is Profile =>
  (["username", "email", "firstName", "lastName"] as const).every((field) => profile[field] !== undefined);

function refusedStart(error: unknown): never {
  const state = refusedState(error);
  if (state) throw new ProviderRefusal(state);
  if (error instanceof AppError) throw new ProviderRefusal("refused");
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
