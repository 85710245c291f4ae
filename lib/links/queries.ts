import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { LinkPurpose } from "@/db/enums";
import { atMost, kept } from "@/db/kept";
import { identities, identityProviders, links, users } from "@/db/schema";
import { statusAt } from "@/lib/authz/account-status";
import { makerStillMay } from "@/lib/authz/authorize";
import { within } from "@/lib/authz/relation";
import type { Ctx, Person } from "@/lib/context";
import { shortestPasswordOf } from "@/lib/factors/short-passwords";
import { fullName } from "@/lib/normalization/names";
import { barredBy, isOffered, type OnlyProvider } from "@/lib/people/only-way-in";
import { hashToken, isOpaqueToken } from "@/lib/platform/token";

/** What the page of a link shows before it is used. */
export type OpenLink = {
  name: string;
  username: string;
  address: string | null;
  expiresAt: Date;
  /** Characters that a new password of this person must have. */
  shortestPassword: number;
  /** The provider that the person signs in through, where a password would open nothing. */
  only: OnlyProvider | null;
};

/** The link of an address, as long as it can be used for this; reading it uses nothing up (S6). */
export async function findOpenLink(ctx: Ctx, purpose: LinkPurpose, token: string): Promise<OpenLink | null> {
  if (!isOpaqueToken(token)) return null;
  const [row] = await ctx.db
    .select({ link: links, user: users })
    .from(links)
    .innerJoin(users, eq(users.id, links.userId))
    .where(and(eq(links.hash, hashToken(token, "hex")), eq(links.purpose, purpose), openLinks(ctx.now())));
  if (!row) return null;
  const { link, user } = row;
  if (!(await stillCounts(ctx, link))) return null;
  return {
    name: fullName(user),
    username: user.username,
    address: link.address,
    expiresAt: link.expiresAt,
    shortestPassword: await shortestPasswordOf(ctx, user.id),
    only: await barredBy(ctx.db, user.id, ctx.now()),
  };
}

const stillCounts = (ctx: Ctx, { createdBy: makerId, userId: personId }: typeof links.$inferSelect) =>
  makerStillMay(ctx.db, { makerId, personId, at: ctx.now() });

/** Those that can be used again, as long as their maker still may (R15). */
export const openLinks = (at: Date) =>
  and(isNull(links.usedAt), isNull(links.revokedAt), gt(links.expiresAt, sql`${at.toISOString()}::timestamptz`));

/** Of an invitation: that its account is in use. `provider`: how one signs in; null: not in that way any more. */
export type InUse = { name: string; provider: { slug: string; name: string } | null };

/**
 * What the page of an invitation says that ended because its person signed in through a provider. One that was revoked says
 * nothing: it may have reached somebody else.
 */
export async function findInUse(ctx: Ctx, token: string): Promise<InUse | null> {
  if (!isOpaqueToken(token)) return null;
  const { slug, name } = identityProviders;
  const [row] = await ctx.db
    .select({ user: users, slug, name, offered: isOffered })
    .from(links)
    .innerJoin(users, eq(users.id, links.userId))
    .innerJoin(identities, eq(identities.id, links.identityId))
    .innerJoin(identityProviders, eq(identityProviders.id, identities.providerId))
    .where(eq(links.hash, hashToken(token, "hex")));
  if (!row || !["active", "locked"].includes(statusAt(row.user, ctx.now()))) return null;
  return { name: fullName(row.user), provider: row.offered ? { slug: row.slug, name: row.name } : null };
}

export type Invitation = {
  /** `outgrown`: its maker may no longer act on the person, so it does not work (R15). */
  state: "open" | "outgrown" | "expired" | "revoked" | "accepted";
  sentAt: Date;
  expiresAt: Date;
  /** When it was accepted or revoked. */
  endedAt: Date | null;
};

/** The newest invitation of a person whom the actor may see, or null. */
export async function findInvitation(ctx: Ctx, userId: string): Promise<Invitation | null> {
  const asked = ctx.db
    .select()
    .from(links)
    .where(and(eq(links.userId, userId), eq(links.purpose, "invitation"), within(ctx, "user.read", links.userId)))
    .orderBy(desc(links.createdAt), desc(links.id))
    .limit(atMost(1));
  const [link] = await kept(asked);
  if (!link) return null;
  const state = link.usedAt
    ? "accepted"
    : link.revokedAt
      ? "revoked"
      : link.expiresAt <= ctx.now()
        ? "expired"
        : (await stillCounts(ctx, link))
          ? "open"
          : "outgrown";
  return { state, sentAt: link.createdAt, expiresAt: link.expiresAt, endedAt: link.usedAt ?? link.revokedAt };
}

export type PendingEmail = { address: string; expiresAt: Date };

/** The address that one's own account waits for, until it is confirmed there. */
export async function findPendingEmail(ctx: Ctx<Person>): Promise<PendingEmail | null> {
  const [link] = await ctx.db
    .select({ address: links.address, expiresAt: links.expiresAt })
    .from(links)
    .where(and(eq(links.userId, ctx.actor.id), eq(links.purpose, "email_change"), openLinks(ctx.now())));
  return link?.address ? { address: link.address, expiresAt: link.expiresAt } : null;
}
