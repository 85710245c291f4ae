import { cookieName, decryptSessionId } from "@/lib/auth/cookie";
import { ownPath } from "@/lib/auth/next-path";
import { personActor } from "@/lib/auth/person";
import { mapClaims } from "@/lib/auth/providers/oidc/claims";
import type { Proof } from "@/lib/auth/providers/oidc/next-provider";
import { findSession, type SessionRow } from "@/lib/auth/session";
import { requireStepUp } from "@/lib/auth/step-up";
import { refundAttempt } from "@/lib/auth/throttle";
import { authorize } from "@/lib/authz/authorize";
import { require } from "@/lib/authz/decision";
import { loadAccess } from "@/lib/authz/load";
import { type Ctx, createContext, type Person } from "@/lib/context";
import { AppError, collisionOf, notFound, precondition } from "@/lib/errors";
import { waysOf } from "@/lib/factors/ways";
import { linkIdentity } from "@/lib/identity-providers/commands/link";
import { recordTest } from "@/lib/identity-providers/commands/state";
import { providerById, providerBySlug } from "@/lib/identity-providers/find";
import { requireUnlinked } from "@/lib/identity-providers/identities";
import { isOpen } from "@/lib/identity-providers/policy";
import type { ProviderRow } from "@/lib/identity-providers/store";
import { fullName } from "@/lib/normalization/names";
import { db } from "@/lib/platform/db";
import { confirmSession } from "@/lib/sign-in/providers/confirm";
import { keptPurpose, type Purpose, type PurposeKind } from "@/lib/sign-in/providers/cookies";
import type { Asked, Begun } from "@/lib/sign-in/providers/handshake";
import { type Brought, beginAt, prove, throttled } from "@/lib/sign-in/providers/prove";
import { codeOf, ProviderRefusal } from "@/lib/sign-in/providers/refusals";
import { refuse } from "@/lib/sign-in/providers/sign-in";

/**
 * What somebody who is signed in goes to a provider for. It is bound to their session, to the provider and to its settings, and makes
 * no session: whatever comes back is theirs, or nobody's.
 */
type Beginning = { kind: PurposeKind; next: string; asked?: Asked };

/** Begins a test, by somebody who may set up providers, at one in whatever state. Its claims are kept with the provider. */
export async function beginTest(ctx: Ctx<Person>, { id, next }: { id: string; next: string }): Promise<Begun> {
  require(await authorize(ctx, ctx.db, "identity_provider.test", { person: null }));
  await requireStepUp(ctx, ctx.db);
  return begin(ctx, await providerById(ctx.db, id), { kind: "test", next });
}

/** Begins the linking of one's own account with an identity there. The provider is asked to sign them in again. */
export async function beginLink(ctx: Ctx<Person>, { id, next }: { id: string; next: string }): Promise<Begun> {
  require(await authorize(ctx, ctx.db, "identity.link", { person: { id: ctx.actor.id, name: "You" } }));
  await requireStepUp(ctx, ctx.db);
  const provider = await providerById(ctx.db, id);
  // One that is not offered to everybody has no name for everybody either.
  if (!provider || !isOpen(provider)) throw precondition("This provider is not enabled at the moment.");
  await requireUnlinked(ctx.db, provider, ctx.actor.id);
  return begin(ctx, provider, { kind: "link", next, asked: { max_age: "0" } });
}

/** Begins a proof of who one is (S8), where a provider is the way to give one. */
export async function beginConfirm(ctx: Ctx<Person>, { slug, next }: { slug: string; next: string }): Promise<Begun> {
  const provider = await providerBySlug(ctx.db, slug);
  const way = (await waysOf(ctx.db, ctx.actor.id, ctx.now())).providers.find(({ id }) => id === provider?.id);
  if (!way) throw precondition("This is not how you confirm your identity. Start again.");
  const asked: Asked = { max_age: "0", ...(way.hint && { login_hint: way.hint }) };
  return begin(ctx, provider, { kind: "confirm", next, asked });
}

async function begin(ctx: Ctx<Person>, provider: ProviderRow | null, how: Beginning): Promise<Begun> {
  const { sessionId } = ctx.actor;
  if (!provider || sessionId === null) throw notFound("The identity provider");
  const session = await findSession(ctx.db, sessionId, ctx.now());
  await throttled(ctx);
  const next = ownPath(how.next);
  const errand = { purpose: how.kind, person: personOf(session) };
  const begun = await beginAt(ctx, provider, { next, asked: how.asked, errand });
  await refundAttempt(ctx, "session.start");
  const { id: providerId, connectionId, slug } = provider;
  const now = ctx.now();
  const purpose = { kind: how.kind, providerId, connectionId, sessionId, begunAt: now.getTime(), next };
  const kept = keptPurpose(slug, purpose, now);
  return { ...begun, cookies: [...begun.cookies.filter(({ name }) => name !== kept.name), kept] };
}

const personOf = (session: SessionRow | null) => session && { id: session.user.id, name: fullName(session.user) };

/** Within the session that began it, and by nobody else: their cookie came along. Throws `ProviderRefusal`, whose event is written. */
export async function finishPurpose(
  ctx: Ctx,
  provider: ProviderRow,
  purpose: Purpose,
  brought: Brought,
): Promise<void> {
  const cookie = await decryptSessionId(brought.cookies[cookieName()]);
  const session = cookie === purpose.sessionId ? await findSession(db(), cookie, ctx.now()) : null;
  const errand = { purpose: purpose.kind, person: personOf(session) };
  if (!session || !mayGoOn(session, purpose) || purpose.providerId !== provider.id)
    return refuse(ctx, provider, "session", "the session that began it is over, or another one", errand);
  const isTest = purpose.kind === "test";
  if (!isTest && !isOpen(provider)) return refuse(ctx, provider, "off", "it is not enabled", errand);
  if (!isTest && purpose.connectionId !== provider.connectionId)
    return refuse(ctx, provider, "again", "its settings have changed in the meantime", errand);
  const proof = await prove(ctx, provider, brought, errand);
  await refundAttempt(ctx, "session.start");
  const access = await loadAccess(db(), session.user.id, ctx.now());
  const actor = personActor({ id: session.user.id, sessionId: session.id, access });
  const theirs = createContext(db(), actor, { source: ctx.source, now: ctx.now });
  try {
    await finish[purpose.kind](theirs, provider, { purpose, proof });
  } catch (error) {
    // The provider may have been deleted at the same moment.
    const refusal = collisionOf(error) ?? error;
    if (refusal instanceof AppError) throw new ProviderRefusal(codeOf(refusal));
    throw error;
  }
}

/** A person who enrols a second factor may have to confirm who they are as well (S7). In a view nothing is changed. */
const mayGoOn = ({ stage, viewing }: SessionRow, { kind }: Purpose) =>
  viewing === null && (stage === "open" || (kind === "confirm" && stage === "enrol_factor"));

type Finish = (ctx: Ctx<Person>, provider: ProviderRow, back: { purpose: Purpose; proof: Proof }) => Promise<unknown>;

const finish: Record<PurposeKind, Finish> = {
  test: (ctx, { id }, { purpose, proof }) =>
    recordTest(ctx, { id, connectionId: purpose.connectionId, claims: proof.claims }),
  link: (ctx, provider, { proof }) =>
    linkIdentity(ctx, { provider, ...identityIn(proof), claims: mapClaims(provider.mapping, proof.claims) }),
  confirm: (ctx, provider, { purpose, proof }) =>
    confirmSession(ctx, {
      provider,
      ...identityIn(proof),
      authenticatedAt: proof.authenticatedAt ?? null,
      begunAt: purpose.begunAt,
    }),
};

const identityIn = ({ issuer, subject }: Proof) => ({ issuer, subject });
