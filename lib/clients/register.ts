import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { clientDays, clientTokens } from "@/db/schema";
import { makerStillMay } from "@/lib/access/maker";
import { countUnknownProof } from "@/lib/audit/unknown-proofs";
import { pardon, throttle } from "@/lib/auth/throttle";
import { heartbeatInterval } from "@/lib/clients/connection";
import { lockByToken, type TokenRecord, traceOf, unknownToken } from "@/lib/clients/locked";
import { type BareKey, bareKey, thumbprintOf } from "@/lib/clients/public-key";
import type { RegisterClient } from "@/lib/clients/schema";
import { saveClient } from "@/lib/clients/store";
import { spendToken } from "@/lib/clients/token";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { mutate } from "@/lib/mutate";
import { hashToken, isTokenText } from "@/lib/tokens/text";

/** `heartbeatInterval` in seconds. */
export type Registered = { clientId: string; heartbeatInterval: number };

/**
 * C11: binds the client to the key that it made, by a token that works once. Refuses with `unauthenticated` an unknown,
 * replaced or expired token, with `conflict` a used one, with `forbidden` while the client or its owner is stopped.
 */
export async function registerClient(ctx: Ctx, input: RegisterClient): Promise<Registered> {
  await throttle(ctx, "client.register");
  const hash = hashToken(input.token);
  if (!isTokenText("gh_cli", input.token) || !(await isIssued(ctx, hash))) {
    await countUnknownProof(ctx, "client.register");
    throw unknownToken();
  }
  const key = bareKey(input.publicKey);
  const used = await mutate(ctx, "client.register", {
    target: (tx) => lockByToken(ctx, tx, hash),
    change: async (tx, record) => {
      if (record.token.usedAt) return noticeReuse(ctx, tx, record);
      requireForce(record, ctx.now());
      await requireMaker(ctx, tx, record);
      await bind(ctx, tx, record, input, key);
      return {
        value: { again: false, client: record.client },
        after: traceOf({ status: "registered" }),
        facts: { client: record.client.name, version: input.version, platform: input.platform },
      };
    },
  });
  if (used.again)
    throw new AppError("conflict", `This token of ${used.client.name} has been used before. That was noted.`, {
      details: { problem: "token-used" },
    });
  await pardon(ctx, "client.register");
  return { clientId: used.client.id, heartbeatInterval };
}

async function isIssued(ctx: Ctx, hash: string): Promise<boolean> {
  const [token] = await ctx.db.select({ id: clientTokens.id }).from(clientTokens).where(eq(clientTokens.hash, hash));
  return token !== undefined;
}

/** Refused, and yet a change that stays: the row and the audit log tell that somebody else may hold the token. */
async function noticeReuse(ctx: Ctx, tx: Tx, { client }: TokenRecord) {
  await saveClient(tx, client.id, { tokenReusedAt: ctx.now() });
  return {
    value: { again: true, client },
    after: null,
    outcome: "refused" as const,
    facts: { client: client.name, reason: "The token had been used before." },
  };
}

function requireForce({ client, owner, token }: TokenRecord, now: Date): void {
  if (client.status === "deregistered") throw stopped("deregistered", `${client.name} is deregistered.`);
  if (token.revokedAt) throw expired("token-replaced", `This token of ${client.name} was replaced by a newer one.`);
  if (token.expiresAt <= now) throw expired("token-expired", `This token of ${client.name} has expired.`);
  if (owner.status === "archived")
    throw stopped("deregistered", `${client.name} is deregistered: its user has been removed.`);
  if (owner.status === "disabled") throw stopped("paused", `${client.name} is paused: its user is disabled.`);
}

/** R15: judged again when it is used. */
async function requireMaker(ctx: Ctx, tx: Tx, { client, token }: TokenRecord): Promise<void> {
  const may = { makerId: token.createdBy, personId: client.userId, at: ctx.now() };
  if (await makerStillMay(tx, may)) return;
  const reason = `whoever made it may no longer act on the account of its user`;
  throw expired("token-outgrown", `This token of ${client.name} does not work any more: ${reason}. Ask for a new one.`);
}

const stopped = (problem: string, message: string) => new AppError("forbidden", message, { details: { problem } });
const expired = (problem: string, message: string) =>
  new AppError("unauthenticated", message, { details: { problem } });

async function bind(
  ctx: Ctx,
  tx: Tx,
  { client, token }: TokenRecord,
  input: RegisterClient,
  key: BareKey,
): Promise<void> {
  const now = ctx.now();
  if (!(await spendToken(ctx, tx, token.id))) throw unknownToken();
  await saveClient(tx, client.id, {
    status: "registered",
    awaiting: false,
    publicKey: key,
    keyThumbprint: thumbprintOf(key),
    version: input.version,
    platform: input.platform,
    registeredAt: now,
    lastHeartbeatAt: now,
    lastAddress: ctx.source.address,
  });
  await tx
    .insert(clientDays)
    .values({ day: now.toISOString().slice(0, 10), clientId: client.id })
    .onConflictDoNothing();
}
