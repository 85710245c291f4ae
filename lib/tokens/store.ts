import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { accessTokens } from "@/db/schema";
import { tokenEnd } from "@/db/token-keys";
import type { Trace } from "@/lib/audit/record";
import type { Ctx } from "@/lib/context";
import { invalidField, isUniqueViolation } from "@/lib/errors";
import { foldName } from "@/lib/normalization/fold";
import { newToken } from "@/lib/platform/token";

export type TokenRow = typeof accessTokens.$inferSelect;

/** The one time that a token leaves the server. `endsAt` of the token before it, where that works on for a while (T3). */
export type IssuedToken = { id: string; name: string; token: string; expiresAt: Date | null } & Holder;

/** Whose token it is: a person's, or a service account's. */
export type Holder = Pick<TokenRow, "userId" | "serviceAccountId">;

/** `ownerId`: whose token it is, or who owns the service account. */
type Wanted = Pick<TokenRow, "name" | "operations" | "expiresAt"> & Holder & { ownerId: string | null };

export const holderOf = ({ userId, serviceAccountId }: Holder): Holder => ({ userId, serviceAccountId });

const day = 24 * 60 * 60_000;

/** The moment some days from now; null for no end. */
export const endAfter = (days: number | null, now: Date) =>
  days === null ? null : new Date(now.getTime() + days * day);

/** Stores a new token of a person or service account, whose row is locked. Throws `invalid` where a token of that name is in force. */
export async function keepToken(ctx: Ctx, tx: Tx, { ownerId, ...wanted }: Wanted): Promise<IssuedToken> {
  const { text, hash, prefix, lastFour } = newToken(wanted.serviceAccountId ? "gh_svc" : "gh_pat");
  const id = newId();
  const createdBy = ctx.actor.access.personId;
  await tx
    .insert(accessTokens)
    .values({
      ...{ id, ...wanted, nameKey: foldName(wanted.name), hash, prefix, lastFour },
      ...{ createdBy, byOwner: createdBy !== null && createdBy === ownerId },
      createdAt: ctx.now(),
    })
    .catch((error) => {
      throw isUniqueViolation(error, "access_tokens_name") || isUniqueViolation(error, "access_tokens_account_name")
        ? invalidField("name", `There is already a token named "${wanted.name}". Names are not case-sensitive.`)
        : error;
    });
  return { id, ...holderOf(wanted), name: wanted.name, token: text, expiresAt: wanted.expiresAt };
}

/** The one writer of stored tokens. */
const save = (tx: Tx, which: SQL | undefined, columns: Partial<Omit<TokenRow, "id" | "revision">>) =>
  tx
    .update(accessTokens)
    .set({ ...columns, revision: sql`${accessTokens.revision} + 1` })
    .where(which)
    .returning({ id: accessTokens.id, name: accessTokens.name });

/** A newer token takes the name of this one, which works until `until`. */
export async function replaceToken(ctx: Ctx, tx: Tx, token: TokenRow, until: Date): Promise<void> {
  const endsAt = token.expiresAt && token.expiresAt < until ? token.expiresAt : until;
  await save(tx, eq(accessTokens.id, token.id), { replacedAt: ctx.now(), expiresAt: endsAt });
}

export async function revokeToken(ctx: Ctx, tx: Tx, id: string): Promise<void> {
  await save(tx, eq(accessTokens.id, id), { revokedAt: ctx.now() });
}

/** Those that work at a moment. */
export const tokensAt = (now: Date) =>
  and(isNull(accessTokens.revokedAt), sql`${sql.raw(tokenEnd)} > ${now.toISOString()}::timestamptz`);

/** T5: inside the change of a person, who is locked: revokes every token of theirs that works, and gives the names. */
export async function endTokens(ctx: Ctx, tx: Tx, userId: string): Promise<string[]> {
  const which = and(eq(accessTokens.userId, userId), tokensAt(ctx.now()));
  const ended = await save(tx, which, { revokedAt: ctx.now() });
  return ended.map(({ name }) => name).sort();
}

/**
 * Notes when and from where tokens were used last; of what two processes note, the later stays. A row that a change has locked is left
 * out, so that neither waits for the other.
 */
export async function saveLastUses(tx: Pick<Tx, "execute">, uses: LastUse[]): Promise<void> {
  const rows = uses.map(({ id, at, address, agent }) => ({ id, at: at.toISOString(), address, agent }));
  await tx.execute(sql`
    with used as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as u(id uuid, at timestamptz, address text, agent text)
    ), free as materialized (
      select id from access_tokens where id in (select id from used) order by id for no key update skip locked
    )
    update access_tokens t
       set last_used_at = u.at, last_used_address = u.address, last_used_agent = u.agent
      from used u join free f on f.id = u.id
     where t.id = u.id and (t.last_used_at is null or t.last_used_at < u.at)`);
}

/** Names of the tokens of a person or a service account that work, as what ends with it. */
export const tokensInForce = (
  db: Pick<Tx, "select">,
  { userId, serviceAccountId }: Holder,
  at: Date,
): Promise<{ name: string }[]> =>
  db
    .select({ name: accessTokens.name })
    .from(accessTokens)
    .where(and(eq(holderColumn(userId), userId ?? serviceAccountId ?? ""), tokensAt(at)))
    .orderBy(accessTokens.nameKey);

const holderColumn = (userId: string | null) => (userId ? accessTokens.userId : accessTokens.serviceAccountId);

export type LastUse = { id: string; at: Date; address: string | null; agent: string | null };

export type TokenStatus = "active" | "replaced" | "expired" | "revoked";

/** What a token is at a moment; a replaced one works until it expires. */
export function statusOf(token: Pick<TokenRow, "revokedAt" | "expiresAt" | "replacedAt">, at: Date): TokenStatus {
  if (token.revokedAt) return "revoked";
  if (token.expiresAt && token.expiresAt <= at) return "expired";
  return token.replacedAt ? "replaced" : "active";
}

/** What the audit log keeps of a token. */
export const traceOf = ({
  name,
  operations,
  expiresAt,
}: Pick<TokenRow, "name" | "operations" | "expiresAt">): Trace => ({
  name,
  operations,
  expires: expiresAt?.toISOString() ?? "never",
});
