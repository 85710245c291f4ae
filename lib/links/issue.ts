import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import type { LinkPurpose } from "@/db/enums";
import { given, keptBuilt } from "@/db/kept";
import { links } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { linkAddress } from "@/lib/links/address";
import { cancelMails } from "@/lib/mail/enqueue";
import { readSettings } from "@/lib/platform/read-settings";
import { hashToken, newToken } from "@/lib/platform/token";

/** A link as it is known once, in the moment of its making. */
export type IssuedLink = { href: string; expiresAt: Date };

type Draft = { purpose: LinkPurpose; userId: string; address?: string };

/**
 * Makes a one-time link (S6). An older one of the same purpose and person is dead from here on. The caller holds the lock
 * of the person's row, so that of two makers at once one link is left.
 */
export async function issueLink(ctx: Ctx, tx: Tx, { purpose, userId, address }: Draft): Promise<IssuedLink> {
  await revokeLinks(ctx, tx, userId, [purpose]);
  const token = newToken();
  const createdAt = ctx.now();
  const expiresAt = new Date(createdAt.getTime() + (await lifetime(tx, purpose)));
  await tx.insert(links).values({
    id: newId(),
    purpose,
    userId,
    hash: hashToken(token),
    address: address ?? null,
    createdBy: ctx.actor.access.personId,
    createdAt,
    expiresAt,
  });
  return { href: linkAddress(purpose, token), expiresAt };
}

const everyPurpose: LinkPurpose[] = ["invitation", "password_reset", "email_change"];

/**
 * Kills what is still open, with the mails that wait to carry it, inside somebody else's change. Returns how many died.
 * `identityId`: by which the person came in, where that is why.
 */
export async function revokeLinks(
  ctx: Ctx,
  tx: Tx,
  userId: string,
  purposes = everyPurpose,
  identityId: string | null = null,
): Promise<number> {
  const revoked = await revoke(tx, { userId, purposes: `{${purposes}}`, now: ctx.now(), identityId });
  for (const purpose of new Set(revoked.map((link) => link.purpose)))
    await cancelMails(tx, userId, purpose, "Its link no longer works.");
  return revoked.length;
}

type Revoked = { userId: string; purposes: string; now: Date; identityId: string | null };

const revoke = keptBuilt<Tx, Revoked, { purpose: LinkPurpose }[]>((tx) =>
  tx
    .update(links)
    .set({ revokedAt: given("now", links.revokedAt), identityId: given("identityId", links.identityId) })
    .where(
      and(
        eq(links.userId, sql.placeholder("userId")),
        sql`${links.purpose} = any(${sql.placeholder("purposes")}::text[])`,
        isNull(links.usedAt),
        isNull(links.revokedAt),
      ),
    )
    .returning({ purpose: links.purpose }),
);

/** Milliseconds, from the settings. */
async function lifetime(tx: Tx, purpose: LinkPurpose): Promise<number> {
  const settings = await readSettings(tx);
  return purpose === "invitation"
    ? settings["links.invitationDays"] * 86_400_000
    : settings["links.resetMinutes"] * 60_000;
}
