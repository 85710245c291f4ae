import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { LinkPurpose } from "@/db/enums";
import { links, users } from "@/db/schema";
import { makerStillMay } from "@/lib/authz/authorize";
import type { Ctx } from "@/lib/context";
import { AppError, precondition } from "@/lib/errors";
import { lockRows } from "@/lib/kernel/lock";
import type { Target } from "@/lib/kernel/steps";
import { fullName } from "@/lib/normalization/names";
import { type Kept, withKeeper } from "@/lib/people/keeper";
import type { UserRow } from "@/lib/people/scoped";
import { hashToken, isOpaqueToken } from "@/lib/platform/token";

export type LinkRow = typeof links.$inferSelect;

export const deadLink = "This link no longer works. It was used, replaced or revoked, or it expired.";

const outgrown =
  "This link no longer works: the person who sent it may no longer manage this account. Ask an administrator for a new one.";

/** The link of a token, with any purpose and state; throws `not_found` for a token that never was one. */
export async function findLink(ctx: Ctx, token: string): Promise<LinkRow> {
  const [link] = isOpaqueToken(token)
    ? await ctx.db
        .select()
        .from(links)
        .where(eq(links.hash, hashToken(token, "hex")))
    : [];
  if (!link) throw new AppError("not_found", deadLink);
  return link;
}

export const isOpenFor = (link: LinkRow, purpose: LinkPurpose, at: Date) =>
  link.purpose === purpose && link.usedAt === null && link.revokedAt === null && link.expiresAt > at;

/** The person whom a link belongs to, locked, as the target of its redemption. */
export async function lockRedeemer(tx: Tx, link: LinkRow): Promise<Target<UserRow & Kept>> {
  const [found] = await lockRows(tx, tx.select().from(users).where(eq(users.id, link.userId)), "update");
  if (!found) throw new AppError("not_found", deadLink);
  const person = await withKeeper(tx, found);
  return { id: person.id, person: { id: person.id, name: fullName(person) }, record: person, trace: null };
}

/**
 * Uses the link up: one conditional update, so that of any number of redemptions at once one wins (S6). Then its maker is
 * checked again, and a refusal takes the update back (R15).
 */
export async function spendLink(ctx: Ctx, tx: Tx, link: LinkRow, purpose: LinkPurpose): Promise<void> {
  const now = ctx.now();
  const used = await tx
    .update(links)
    .set({ usedAt: now })
    .where(
      and(
        eq(links.id, link.id),
        eq(links.purpose, purpose),
        isNull(links.usedAt),
        isNull(links.revokedAt),
        gt(links.expiresAt, sql`${now.toISOString()}::timestamptz`),
      ),
    )
    .returning({ id: links.id });
  if (used.length === 0) throw precondition(deadLink);
  const { createdBy: makerId, userId: personId } = link;
  if (!(await makerStillMay(tx, { makerId, personId, at: now }))) throw precondition(outgrown);
}
