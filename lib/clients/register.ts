import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { clientDays, clientTokens } from "@/db/schema";
import { countUnknownProof } from "@/lib/audit/unknown-proofs";
import { refundAttempt, throttle } from "@/lib/auth/throttle";
import { makerStillMay } from "@/lib/authz/authorize";
import { heartbeatInterval } from "@/lib/clients/connection";
import { lockByToken, type TokenRecord, traceOf, unknownToken } from "@/lib/clients/locked";
import { clientOperations } from "@/lib/clients/operations";
import { type BareKey, bareKey, thumbprintOf } from "@/lib/clients/public-key";
import { type RegisterClient, registerClientSchema } from "@/lib/clients/schema";
import { stoppedBy } from "@/lib/clients/stopped";
import { saveClient } from "@/lib/clients/store";
import { spendToken } from "@/lib/clients/token";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { command } from "@/lib/kernel/command";
import type { Change } from "@/lib/kernel/steps";
import { hashToken, isTokenText } from "@/lib/platform/token";

/** `heartbeatInterval` in seconds. */
export type Registered = { clientId: string; heartbeatInterval: number };

/**
 * C11: binds the client to the key that it made, by a token that works once. Refuses with `unauthenticated` an unknown,
 * replaced or expired token, with `conflict` one that was used for another key, with `forbidden` while the client or its owner is stopped.
 */
export const registerClient = command(clientOperations["client.register"], {
  input: registerClientSchema,
  before: async (ctx, { token, publicKey }) => {
    await throttle(ctx, "client.register");
    if (!isTokenText("gh_cli", token) || !(await isIssued(ctx, hashToken(token)))) {
      await countUnknownProof(ctx, "client.register");
      throw unknownToken();
    }
    bareKey(publicKey);
  },
  target: ({ ctx, tx }, { token }) => lockByToken(ctx, tx, hashToken(token)),
  already: (record, input) => (isRepeated(record, input) ? { value: registeredAs(record) } : null),
  change: async ({ ctx, tx, now }, record, input): Promise<Change<Registered>> => {
    const { client, token } = record;
    const value = registeredAs(record);
    if (token.usedAt && !hasThisKey(client, input)) return noticeReuse(ctx, tx, client, value);
    requireForce(record, now);
    await requireMaker(ctx, tx, record);
    await bind(ctx, tx, record, input, bareKey(input.publicKey));
    await refundAttempt(ctx, "client.register");
    return {
      value,
      after: traceOf({ status: "registered" }),
      facts: { client: client.name, version: input.version, platform: input.platform },
    };
  },
});

const registeredAs = ({ client }: TokenRecord): Registered => ({ clientId: client.id, heartbeatInterval });

const hasThisKey = ({ keyThumbprint }: TokenRecord["client"], { publicKey }: RegisterClient) =>
  keyThumbprint === thumbprintOf(bareKey(publicKey));

/** The same request again: a client that did not get the answer asks again, and has the key that was bound. */
const isRepeated = ({ client, owner, token }: TokenRecord, input: RegisterClient) =>
  token.usedAt !== null &&
  token.revokedAt === null &&
  client.status === "registered" &&
  !stoppedBy(client, owner) &&
  hasThisKey(client, input);

async function isIssued(ctx: Ctx, hash: string): Promise<boolean> {
  const [token] = await ctx.db.select({ id: clientTokens.id }).from(clientTokens).where(eq(clientTokens.hash, hash));
  return token !== undefined;
}

/** Refused, and yet a change that stays: the row and the audit log say that somebody else may hold the token. */
async function noticeReuse(ctx: Ctx, tx: Tx, { id, name }: TokenRecord["client"], value: Registered) {
  await saveClient(tx, id, { tokenReusedAt: ctx.now() });
  return {
    value,
    after: null,
    facts: { client: name, reason: "The token had been used before." },
    refusal: new AppError("conflict", `This token of ${name} has been used before. This was recorded.`, {
      details: { problem: "token-used" },
    }),
  };
}

function requireForce({ client, owner, token }: TokenRecord, now: Date): void {
  const stop = stoppedBy(client, owner);
  if (client.status === "deregistered" && stop) throw stop;
  if (token.revokedAt) throw expired("token-replaced", `This token of ${client.name} was replaced by a newer one.`);
  if (token.expiresAt <= now) throw expired("token-expired", `This token of ${client.name} has expired.`);
  if (stop) throw stop;
}

/** R15: checked again when it is used. */
async function requireMaker(ctx: Ctx, tx: Tx, { client, token }: TokenRecord): Promise<void> {
  const may = { makerId: token.createdBy, personId: client.userId, at: ctx.now() };
  if (await makerStillMay(tx, may)) return;
  const reason = `the person who created it may no longer manage the account of its user`;
  throw expired("token-outgrown", `This token of ${client.name} no longer works: ${reason}. Ask for a new one.`);
}

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
