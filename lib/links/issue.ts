import { and, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import type { LinkPurpose } from "@/db/enums";
import { given, keptBuilt } from "@/db/kept";
import { links } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { linkAddress } from "@/lib/links/address";
import { cancelMails } from "@/lib/mail/enqueue";
import { readSettings } from "@/lib/platform/read-settings";
import { askedOnce, together } from "@/lib/platform/together";
import { hashToken, newOpaqueToken } from "@/lib/platform/token";

/** A link as it is known once, in the moment of its making. */
export type IssuedLink = { href: string; expiresAt: Date };

type Draft = { purpose: LinkPurpose; userId: string; address?: string };

/**
 * Makes a one-time link (S6). Revokes an older one of the same purpose and person. The caller holds the lock
 * of the person's row, so that of two makers at once one link is left.
 */
export async function issueLink(ctx: Ctx, tx: Tx, { purpose, userId, address }: Draft): Promise<IssuedLink> {
  await revokeLinks(ctx, tx, userId, [purpose]);
  const token = newOpaqueToken();
  const createdAt = ctx.now();
  const expiresAt = new Date(createdAt.getTime() + (await lifetime(tx, purpose)));
  await insertLink(tx, {
    id: newId(),
    purpose,
    userId,
    hash: hashToken(token, "hex"),
    address: address ?? null,
    createdBy: ctx.actor.access.personId,
    createdAt,
    expiresAt,
  });
  return { href: linkAddress(purpose, token), expiresAt };
}

const insertLink = together<typeof links.$inferInsert, void>(async (tx, made) => {
  await tx.insert(links).values(made);
  return made.map(() => undefined);
});

const everyPurpose: LinkPurpose[] = ["invitation", "password_reset", "email_change"];

/**
 * Revokes what is still open, with the mails that wait to carry it, inside somebody else's change. Returns how many were revoked.
 * `identityId`: by which the person signed in, where that is why.
 */
export async function revokeLinks(
  ctx: Ctx,
  tx: Tx,
  userId: string,
  purposes = everyPurpose,
  identityId: string | null = null,
): Promise<number> {
  const revoked = await revokeTogether(tx, { userId, purposes: `{${purposes}}`, now: ctx.now(), identityId });
  for (const purpose of new Set(revoked.map((link) => link.purpose)))
    await cancelMails(tx, userId, purpose, "Its link no longer works.");
  return revoked.length;
}

type Revoking = { userId: string; purposes: string; now: Date; identityId: string | null };
type Revoked = { userId: string; purpose: LinkPurpose };

/** One statement for all from whom the same is taken. */
const revokeTogether = together<Revoking, Revoked[]>(async (tx, asked) => {
  const alike = new Map<string, Revoking[]>();
  for (const one of asked) {
    const kind = `${one.purposes} ${one.identityId}`;
    alike.set(kind, [...(alike.get(kind) ?? []), one]);
  }
  const revoked: Revoked[] = [];
  for (const some of alike.values()) {
    const [{ userId: _, ...same }] = some as [Revoking];
    revoked.push(...(await revoke(tx, { ...same, userIds: `{${some.map(({ userId }) => userId)}}` })));
  }
  return asked.map(({ userId }) => revoked.filter((link) => link.userId === userId.toLowerCase()));
});

const revoke = keptBuilt<Tx, Omit<Revoking, "userId"> & { userIds: string }, Revoked[]>((tx) =>
  tx
    .update(links)
    .set({ revokedAt: given("now", links.revokedAt), identityId: given("identityId", links.identityId) })
    .where(
      and(
        sql`${links.userId} = any(${sql.placeholder("userIds")}::uuid[])`,
        sql`${links.purpose} = any(${sql.placeholder("purposes")}::text[])`,
        isNull(links.usedAt),
        isNull(links.revokedAt),
      ),
    )
    .returning({ userId: links.userId, purpose: links.purpose }),
);

/** Milliseconds, from the settings. */
const lifetime = askedOnce(String, async (tx, purpose: LinkPurpose): Promise<number> => {
  const settings = await readSettings(tx);
  return purpose === "invitation"
    ? settings["links.invitationDays"] * 86_400_000
    : settings["links.resetMinutes"] * 60_000;
});
