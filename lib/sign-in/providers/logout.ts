import { and, eq, inArray, isNull, or } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { identities, sessions, usedLogoutTokens, users } from "@/db/schema";
import { type LogoutToken, LogoutTokenError, readLogoutToken } from "@/lib/auth/providers/oidc/logout-token";
import { throttle } from "@/lib/auth/throttle";
import { type Ctx, createContext } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { BodyError, readBytes } from "@/lib/http/json-body";
import { proofOfProvider } from "@/lib/identity-providers/actor";
import { connectionOf, providerBySlug } from "@/lib/identity-providers/find";
import type { ProviderRow } from "@/lib/identity-providers/store";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import { fullName } from "@/lib/normalization/names";
import { db } from "@/lib/platform/db";
import { endThose } from "@/lib/sessions/commands";
import { sessionOperations } from "@/lib/sessions/operations";
import { onTheWay, takeTurn } from "@/lib/sign-in/providers/signed-out";

const bodyLimit = 64 * 1024;

/**
 * A sign-out that a provider reports (OpenID Connect Back-Channel Logout 1.0, I7): ends the sessions that its logout token names
 * before it answers. A provider in whatever state may end what began there. What cannot be trusted is answered with 400,
 * counted by address, and logged as an event.
 */
export async function receiveLogout(ctx: Ctx, request: Request, slug: string): Promise<Response> {
  const provider = await providerBySlug(ctx.db, slug);
  try {
    const posted = await tokenIn(request);
    if (!provider) throw new LogoutTokenError("there is no identity provider at this address");
    const token = await readLogoutToken(connectionOf(ctx.db, provider), posted);
    const acting = createContext(db(), proofOfProvider(provider.id), { source: ctx.source, now: ctx.now });
    await endByProvider(acting, { provider, token });
    return new Response(null, { status: 200, headers: uncached });
  } catch (error) {
    if (error instanceof Replayed) return refusal(ctx, error.message);
    if (!(error instanceof LogoutTokenError)) throw error;
    const reason = `The logout token was refused: ${error.message}.`;
    return refusal(ctx, reason, () => refuseLogout(ctx, { provider: provider?.name ?? null, reason: error.message }));
  }
}

const uncached = { "cache-control": "no-store" };

/** Counted before it is logged, so that nobody floods the log from one address. */
async function refusal(ctx: Ctx, reason: string, tell = async () => {}): Promise<Response> {
  await throttle(ctx, "session.end_by_provider");
  await tell();
  const answer = { error: "invalid_request", error_description: reason };
  return Response.json(answer, { status: 400, headers: uncached });
}

async function tokenIn(request: Request): Promise<string> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") throw new LogoutTokenError("none was sent as a form");
  const bytes = await readBytes(request, bodyLimit).catch((error: unknown) => {
    throw error instanceof BodyError ? new LogoutTokenError("it is too long") : error;
  });
  const [token, ...more] = new URLSearchParams(bytes.toString("utf8")).getAll("logout_token");
  if (!token || more.length > 0) throw new LogoutTokenError("there is not exactly one");
  return token;
}

/** The event of this has been written by the engine. */
class Replayed extends AppError {
  constructor() {
    super("conflict", "This logout token has already been used.");
  }
}

type Named = { provider: Pick<ProviderRow, "id" | "name" | "issuer">; token: LogoutToken };

/**
 * Ends the sessions that a logout token names, once: of many answers to one token, the answer that stores its id ends them. The
 * event is that of the person whom it is about.
 */
export const endByProvider = command(sessionOperations["session.end_by_provider"], {
  input: internalInput<Named>(),
  target: async ({ tx }, named) => {
    const [person, ...more] = await peopleOf(tx, named);
    const only = person && more.length === 0 ? { id: person.id, name: fullName(person) } : null;
    return { id: null, person: only, record: null, trace: null, facts: { provider: named.provider.name } };
  },
  change: async ({ ctx, tx, now }, _, named) => {
    await takeTurn(tx, named.provider.id, "sign-out");
    const { endsAt, ...told } = named.token;
    const until = new Date(Math.max(endsAt.getTime(), now.getTime() + onTheWay));
    const used = await tx
      .insert(usedLogoutTokens)
      .values({ providerId: named.provider.id, ...told, endsAt: until })
      .onConflictDoNothing()
      .returning({ jti: usedLogoutTokens.jti });
    if (used.length === 0) throw new Replayed();
    const ended = await endThose(ctx, tx, openOf(tx, named), "signed_out_by_provider");
    return { value: { ended }, after: null, facts: { count: ended } };
  },
});

/** Identities by the issuer as well: one that was linked under an earlier issuer is not the person of this subject. */
function identitiesOf(tx: Tx, { provider, token: { subject } }: Named) {
  const theirs = subject === null ? undefined : eq(identities.subject, subject);
  const ids = tx.select({ id: identities.id }).from(identities);
  return ids.where(and(eq(identities.providerId, provider.id), eq(identities.issuer, provider.issuer), theirs));
}

/** Beside a subject a session counts as named where the provider has never said what it calls it. */
export function openOf(tx: Tx, named: Named) {
  const { sid, subject } = named.token;
  const called = sid === null ? undefined : eq(sessions.providerSid, sid);
  const either = called && subject !== null ? or(called, isNull(sessions.providerSid)) : called;
  return and(isNull(sessions.endedAt), inArray(sessions.identityId, identitiesOf(tx, named)), either);
}

/** Whom it is about: by the subject, else by the open sessions of that name. */
function peopleOf(tx: Tx, named: Named) {
  const ids =
    named.token.subject === null
      ? tx.select({ id: sessions.userId }).from(sessions).where(openOf(tx, named))
      : tx
          .select({ id: identities.userId })
          .from(identities)
          .where(inArray(identities.id, identitiesOf(tx, named)));
  return tx.select().from(users).where(inArray(users.id, ids)).orderBy(users.id).limit(2);
}

type Refused = { provider: string | null; reason: string };

/** The event of a logout token that was refused. */
export const refuseLogout = command(sessionOperations["session.end_by_provider"], {
  key: "session.refuse_logout",
  input: internalInput<Refused>(),
  target: async () => ({ id: null, person: null, record: null, trace: null }),
  change: async (_, __, { provider, reason }) => ({
    value: undefined,
    after: null,
    outcome: "refused",
    facts: { provider, reason },
  }),
});
