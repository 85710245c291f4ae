import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { accessTokens } from "@/db/schema";
import { notNow, yes } from "@/lib/authz/decision";
import { asksForProof, fitsOnToken } from "@/lib/authz/limit";
import { loadAccess } from "@/lib/authz/load";
import { holdingsOf, openedBy } from "@/lib/authz/model";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { invalidField, notFound } from "@/lib/errors";
import { command } from "@/lib/kernel/command";
import { lockRows } from "@/lib/kernel/lock";
import type { Target, Work } from "@/lib/kernel/steps";
import { noticeCredentialChange } from "@/lib/mail/notice";
import { fullName } from "@/lib/normalization/names";
import { lockPerson, type UserRow } from "@/lib/people/scoped";
import { stateAllows } from "@/lib/people/subject";
import { together } from "@/lib/platform/together";
import { tokenOperations } from "@/lib/tokens/operations";
import { createTokenSchema, issueTokenSchema, regenerateTokenSchema, tokenSchema } from "@/lib/tokens/schema";
import { endAfter, keepToken, replaceToken, revokeToken, statusOf, type TokenRow, traceOf } from "@/lib/tokens/store";

/** The longest that a token works with which something can be done that asks a person for a new proof, in days (T1). */
export const longestWithProof = 90;

const pages = ({ userId }: { userId: string }) => ["/account/tokens", `/admin/users/${userId}/tokens`];

/** T1: one's own. Only a signed-in person, and only what they hold. */
export const createToken = command(tokenOperations["token.create"], {
  for: "person",
  input: createTokenSchema,
  target: async ({ ctx, tx }) => ownerTarget(await lockPerson(ctx, tx, "token.read", ctx.actor.id)),
  check: ({ tx, now }, person, input) => checkWanted(tx, person.id, input, now),
  change: async ({ ctx, tx, now }, person, { days, ...wanted }) => {
    const token = { ...wanted, userId: person.id, expiresAt: endAfter(days, now) };
    const issued = await keepToken(ctx, tx, token);
    await noticeCredentialChange(ctx, tx, person.id, `You have made the access token "${issued.name}".`);
    return { value: issued, after: traceOf(token), id: issued.id, facts: { token: issued.name } };
  },
  refresh: pages,
});

/** T4: for somebody else, who is told. What it carries is theirs, and R13 says on whom. No token makes another (T1). */
export const issueToken = command(tokenOperations["token.issue"], {
  input: issueTokenSchema,
  target: async ({ ctx, tx }, { userId }) => ownerTarget(await lockPerson(ctx, tx, "user.read", userId)),
  allowed: stateAllows("token.issue"),
  check: ({ tx, now }, person, input) => checkWanted(tx, person.id, input, now),
  change: async ({ ctx, tx, now }, person, { days, userId: _, ...wanted }) => {
    const token = { ...wanted, userId: person.id, expiresAt: endAfter(days, now) };
    const issued = await keepToken(ctx, tx, token);
    const what = `An administrator has made the access token "${issued.name}" for your account.`;
    await noticeCredentialChange(ctx, tx, person.id, what);
    return { value: issued, after: traceOf(token), id: issued.id, facts: { token: issued.name } };
  },
  refresh: pages,
});

/** T3: a new secret under the same name, for the same operations; the old one works on for the overlap. */
export const regenerateToken = command(tokenOperations["token.regenerate"], {
  for: "person",
  input: regenerateTokenSchema,
  target: lockToken,
  allowed: ({ token, owner }, input, work) => {
    const status = statusOf(token, work.now);
    if (status === "revoked") return notNow(`${token.name} is revoked. Make a new token instead.`);
    if (status === "replaced") return notNow(`${token.name} was replaced already.`);
    return work.ctx.actor.id === owner.id ? yes : stateAllows("token.issue")(owner, input, work);
  },
  check: ({ now }, { token }, { days }) => requireShortEnough(token.operations, endAfter(days, now), now),
  change: async ({ ctx, tx, now }, { token, owner }, { days, overlapHours }) => {
    await replaceToken(ctx, tx, token, new Date(now.getTime() + overlapHours * 3_600_000));
    const { userId, name, operations } = token;
    const next = { userId, name, operations, expiresAt: endAfter(days, now) };
    const issued = await keepToken(ctx, tx, next);
    if (ctx.actor.id !== owner.id) {
      const what = `An administrator has regenerated your access token "${name}".`;
      await noticeCredentialChange(ctx, tx, userId, what);
    }
    return {
      value: issued,
      after: traceOf(next),
      facts: { token: name, ...(overlapHours > 0 && { overlap: `${overlapHours} h` }) },
    };
  },
  refresh: pages,
});

export const revokeAccessToken = command(tokenOperations["token.revoke"], {
  input: tokenSchema,
  route: "DELETE /tokens/{id}",
  target: lockToken,
  already: ({ token }) => (token.revokedAt ? { value: { userId: token.userId } } : null),
  change: async ({ ctx, tx }, { token }) => {
    await revokeToken(ctx, tx, token.id);
    return {
      value: { userId: token.userId },
      before: { status: statusOf(token, ctx.now()) },
      after: { ...traceOf(token), status: "revoked" },
      facts: { token: token.name },
    };
  },
  refresh: pages,
});

type TokenRecord = { token: TokenRow; owner: UserRow };

const ownerTarget = (person: UserRow): Target<UserRow> => ({
  id: null,
  person: { id: person.id, name: fullName(person) },
  record: person,
  trace: null,
});

/** A token and its owner, locked in this order, if the actor may see them; else `not_found`. */
async function lockToken({ ctx, tx }: Work, { id }: { id: string }): Promise<Target<TokenRecord>> {
  const userId = await ownerInSight(tx, { ctx, id });
  if (!userId) throw notFound("The token");
  const owner = await lockPerson(ctx, tx, "token.read", userId);
  const rows = tx.select().from(accessTokens).where(eq(accessTokens.id, id));
  const [token] = await lockRows(tx, rows, "update");
  if (!token) throw notFound("The token");
  return {
    id: token.id,
    person: { id: owner.id, name: fullName(owner) },
    record: { token, owner },
    trace: traceOf(token),
    facts: { token: token.name },
  };
}

/** Whose tokens these are, as far as one actor may see them. */
const ownerInSight = together<{ ctx: Ctx; id: string }, string | null>(async (tx, wanted) => {
  const [{ ctx }] = wanted as [{ ctx: Ctx; id: string }];
  const ids = wanted.map(({ id }) => id);
  const seen = await tx
    .select({ id: accessTokens.id, userId: accessTokens.userId })
    .from(accessTokens)
    .where(and(inArray(accessTokens.id, ids), within(ctx, "token.read", accessTokens.userId)));
  return ids.map((id) => seen.find((token) => token.id === id.toLowerCase())?.userId ?? null);
});

type Chosen = { operations: string[]; days: number | null };

/** Only what its owner holds, and what a token carries at all (T1). */
async function checkWanted(tx: Tx, ownerId: string, { operations, days }: Chosen, now: Date): Promise<void> {
  const held = new Set(holdingsOf(await loadAccess(tx, ownerId, now)).flatMap(({ operation }) => openedBy(operation)));
  const foreign = operations.filter((key) => !held.has(key) || !fitsOnToken(key));
  if (foreign.length > 0) throw invalidField("operations", `A token cannot carry ${foreign.join(", ")}.`);
  requireShortEnough(operations, endAfter(days, now), now);
}

function requireShortEnough(operations: string[], expiresAt: Date | null, now: Date): void {
  const proving = operations.find(asksForProof);
  if (!proving) return;
  const longest = endAfter(longestWithProof, now) as Date;
  if (expiresAt === null || expiresAt > longest)
    throw invalidField("days", `A token that carries ${proving} expires within ${longestWithProof} days.`);
}
