import { and, eq, inArray, isNotNull, or } from "drizzle-orm";
import { accessTokens, serviceAccounts } from "@/db/schema";
import { notNow, yes } from "@/lib/authz/decision";
import { loadAccess } from "@/lib/authz/load";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { command } from "@/lib/kernel/command";
import { lockRows } from "@/lib/kernel/lock";
import type { Target, Work } from "@/lib/kernel/steps";
import { noticeCredentialChange } from "@/lib/mail/notice";
import { fullName } from "@/lib/normalization/names";
import { lockPerson, type UserRow } from "@/lib/people/scoped";
import { accountsWithin, accountTarget, mayHaveTokens, type StoredAccount } from "@/lib/people/service-accounts";
import { stateAllows } from "@/lib/people/subject";
import { together } from "@/lib/platform/together";
import { tokenOperations } from "@/lib/tokens/operations";
import { createTokenSchema, issueTokenSchema, regenerateTokenSchema, tokenSchema } from "@/lib/tokens/schema";
import {
  endAfter,
  type Holder,
  holderOf,
  keepToken,
  replaceToken,
  revokeToken,
  statusOf,
  type TokenRow,
  traceOf,
} from "@/lib/tokens/store";
import { checkWanted, requireShortEnough } from "@/lib/tokens/wanted";

const pages = ({ userId, serviceAccountId }: Holder) =>
  serviceAccountId
    ? [`/admin/service-accounts/${serviceAccountId}`, `/account/service-accounts/${serviceAccountId}`]
    : ["/account/tokens", `/admin/users/${userId}/tokens`];

const personal = (id: string) => ({ userId: id, serviceAccountId: null, ownerId: id });

/** T1: one's own. Only a signed-in person, and only what they hold. */
export const createToken = command(tokenOperations["token.create"], {
  for: "person",
  input: createTokenSchema,
  target: async ({ ctx, tx }) => ownerTarget(await lockPerson(ctx, tx, "token.read", ctx.actor.id)),
  check: async ({ tx, now }, person, input) => checkWanted(await loadAccess(tx, person.id, now), input, now),
  change: async ({ ctx, tx, now }, person, { days, ...wanted }) => {
    const token = { ...wanted, ...personal(person.id), expiresAt: endAfter(days, now) };
    const issued = await keepToken(ctx, tx, token);
    await noticeCredentialChange(ctx, tx, person.id, `You created the access token "${issued.name}".`);
    return { value: issued, after: traceOf(token), id: issued.id, facts: { token: issued.name } };
  },
  refresh: pages,
});

/** T4: for somebody else, who is notified. What it carries is theirs, and R13 says on whom. No token makes another (T1). */
export const issueToken = command(tokenOperations["token.issue"], {
  input: issueTokenSchema,
  target: async ({ ctx, tx }, { userId }) => ownerTarget(await lockPerson(ctx, tx, "user.read", userId)),
  allowed: stateAllows("token.issue"),
  check: async ({ tx, now }, person, input) => checkWanted(await loadAccess(tx, person.id, now), input, now),
  change: async ({ ctx, tx, now }, person, { days, userId: _, ...wanted }) => {
    const token = { ...wanted, ...personal(person.id), expiresAt: endAfter(days, now) };
    const issued = await keepToken(ctx, tx, token);
    const what = `An administrator created the access token "${issued.name}" for your account.`;
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
  allowed: (record, input, work) => {
    const { token, owner } = record;
    const status = statusOf(token, work.now);
    if (status === "revoked") return notNow(`${token.name} is revoked. Create a new token instead.`);
    if (status === "replaced") return notNow(`${token.name} has already been replaced.`);
    if (record.account) return mayHaveTokens(record.account);
    return !owner || work.ctx.actor.id === owner.id ? yes : stateAllows("token.issue")(owner, input, work);
  },
  check: ({ now }, { token }, { days }) => requireShortEnough(token.operations, endAfter(days, now), now),
  change: async ({ ctx, tx, now }, { token, account }, { days, overlapHours }) => {
    await replaceToken(ctx, tx, token, new Date(now.getTime() + overlapHours * 3_600_000));
    const { name, operations } = token;
    const ownerId = account ? account.ownerId : token.userId;
    const next = { ...holderOf(token), ownerId, name, operations, expiresAt: endAfter(days, now) };
    const issued = await keepToken(ctx, tx, next);
    if (ownerId && ctx.actor.id !== ownerId) {
      const what = account
        ? `Somebody has regenerated the access token "${name}" of your service account "${account.name}".`
        : `An administrator has regenerated your access token "${name}".`;
      await noticeCredentialChange(ctx, tx, ownerId, what);
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
  already: ({ token }) => (token.revokedAt ? { value: holderOf(token) } : null),
  change: async ({ ctx, tx }, { token }) => {
    await revokeToken(ctx, tx, token.id);
    return {
      value: holderOf(token),
      before: { status: statusOf(token, ctx.now()) },
      after: { ...traceOf(token), status: "revoked" },
      facts: { token: token.name },
    };
  },
  refresh: pages,
});

/** A token with whose it is: a person's, or a service account's. */
type TokenRecord = { token: TokenRow; owner: UserRow | null; account: StoredAccount | null };

const ownerTarget = (person: UserRow): Target<UserRow> => ({
  id: null,
  person: { id: person.id, name: fullName(person) },
  record: person,
  trace: null,
});

/** A token and whose it is, locked in the reverse order, if the actor may see them; else `not_found`. */
async function lockToken(work: Work, { id }: { id: string }): Promise<Target<TokenRecord>> {
  const { ctx, tx } = work;
  const holder = await holderInSight(tx, { ctx, id });
  if (!holder) throw notFound("The token");
  const { userId, serviceAccountId } = holder;
  const person = userId ? await lockPerson(ctx, tx, "token.read", userId) : null;
  const account = serviceAccountId ? await accountTarget(ctx, tx, "token.read", serviceAccountId) : null;
  const rows = tx.select().from(accessTokens).where(eq(accessTokens.id, id));
  const [token] = await lockRows(tx, rows, "update");
  if (!token) throw notFound("The token");
  // Changes to a token of a service account are listed with the changes to that account.
  return {
    ...(account ? { id: account.id, kind: "service_account" as const } : { id: token.id }),
    person: account ? account.person : person && { id: person.id, name: fullName(person) },
    record: { token, owner: person, account: account?.record ?? null },
    trace: traceOf(token),
    facts: { token: token.name, ...account?.facts },
  };
}

/** Whose tokens these are, as far as one actor may see them. */
const holderInSight = together<{ ctx: Ctx; id: string }, Holder | null>(async (tx, wanted) => {
  const [{ ctx }] = wanted as [{ ctx: Ctx; id: string }];
  const ids = wanted.map(({ id }) => id);
  const { id, userId, serviceAccountId } = accessTokens;
  const inSight = or(
    and(isNotNull(userId), within(ctx, "token.read", userId)),
    and(isNotNull(serviceAccountId), accountsWithin(ctx, "token.read")),
  );
  const seen = await tx
    .select({ id, userId, serviceAccountId })
    .from(accessTokens)
    .leftJoin(serviceAccounts, eq(serviceAccounts.id, serviceAccountId))
    .where(and(inArray(id, ids), inSight));
  return ids.map((wantedId) => {
    const found = seen.find((token) => token.id === wantedId.toLowerCase());
    return found ? holderOf(found) : null;
  });
});
