import { and, eq, gt, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { clientTokens } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { readSettings } from "@/lib/platform/read-settings";
import { newToken } from "@/lib/platform/token";

const day = 24 * 60 * 60_000;

/** The one time that a token leaves the server. */
export type IssuedToken = {
  clientId: string;
  tokenId: string;
  name: string;
  token: string;
  issuedAt: Date;
  expiresAt: Date;
};

/** A new token for a client, with the columns by which its row shows it. The caller stores it with `keepToken`. */
export async function makeToken(ctx: Ctx, tx: Tx) {
  const { text, hash, prefix, lastFour } = newToken("gh_cli");
  const { "clients.tokenDays": days } = await readSettings(tx);
  const issuedAt = ctx.now();
  const expiresAt = new Date(issuedAt.getTime() + days * day);
  return {
    id: newId(),
    text,
    hash,
    issuedAt,
    expiresAt,
    columns: {
      awaiting: true,
      tokenPrefix: prefix,
      tokenLastFour: lastFour,
      tokenExpiresAt: expiresAt,
      tokenConfirmedAt: null,
      tokenReusedAt: null,
      instance: null,
      previousInstance: null,
      copiedAt: null,
    },
  };
}

export type MadeToken = Awaited<ReturnType<typeof makeToken>>;

/** Stores the hash, in place of every token that the client had before. */
export async function keepToken(ctx: Ctx, tx: Tx, clientId: string, token: MadeToken): Promise<void> {
  await revokeTokens(ctx, tx, [clientId]);
  await tx.insert(clientTokens).values({
    id: token.id,
    clientId,
    hash: token.hash,
    expiresAt: token.expiresAt,
    createdBy: ctx.actor.access.personId,
    createdAt: token.issuedAt,
  });
}

/** Ends what is still in force; what ended earlier keeps its moment. */
export async function revokeTokens(ctx: Ctx, tx: Tx, clientIds: string[]): Promise<void> {
  await tx
    .update(clientTokens)
    .set({ revokedAt: ctx.now() })
    .where(and(inArray(clientTokens.clientId, clientIds), isNull(clientTokens.revokedAt)));
}

/** Uses the token up: true for one caller, ever. */
export async function spendToken(ctx: Ctx, tx: Tx, id: string): Promise<boolean> {
  const used = await tx
    .update(clientTokens)
    .set({ usedAt: ctx.now(), usedAddress: ctx.source.address })
    .where(and(eq(clientTokens.id, id), openTokens(ctx.now())))
    .returning({ id: clientTokens.id });
  return used.length === 1;
}

/** Those by which a client can still register. */
export const openTokens = (at: Date) =>
  and(isNull(clientTokens.usedAt), isNull(clientTokens.revokedAt), gt(clientTokens.expiresAt, at));
