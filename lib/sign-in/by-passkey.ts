import { eq } from "drizzle-orm";
import { users } from "@/db/schema";
import { countUnknownProof } from "@/lib/audit/unknown-proofs";
import { refundAttempt, throttle } from "@/lib/auth/throttle";
import type { Ctx } from "@/lib/context";
import { AppError, precondition } from "@/lib/errors";
import { acceptPasskey } from "@/lib/factors/accept";
import { askPasskey, passkeysPossible, verifyGiven } from "@/lib/factors/passkeys";
import type { Assertion } from "@/lib/factors/schema";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import type { Change } from "@/lib/kernel/steps";
import { fullName } from "@/lib/normalization/names";
import { barredBy, barredReason } from "@/lib/people/only-way-in";
import { sessionOperations } from "@/lib/sessions/operations";
import { type StartedSession, startSession } from "@/lib/sign-in/start-session";

const failure = () =>
  new AppError(
    "unauthenticated",
    "This passkey was not accepted, or the account is locked. Use your password instead.",
  );

/**
 * What the browser needs to find a passkey by itself, before anybody has said who they are. Each call keeps a challenge, so
 * an address has the setting's number of them a minute, beside its failed sign-ins; one that signs in is taken back.
 */
export async function beginPasskeySignIn(ctx: Ctx) {
  if (!passkeysPossible()) throw precondition("Passkeys need a host name, and this address is an IP address.");
  await throttle(ctx, "passkey.begin");
  return askPasskey(ctx, null);
}

/** Signs in by a passkey alone: its device has verified its holder, so it counts as both steps (S1, S7). */
export async function signInWithPasskey(
  ctx: Ctx,
  { device, ...assertion }: Assertion & { device?: string | null },
): Promise<StartedSession> {
  await throttle(ctx, "session.start");
  const { passkey, counter } = await verifyGiven(ctx, null, assertion);
  if (!passkey) {
    await countUnknownProof(ctx, "session.refuse");
    throw failure();
  }
  const { userId } = passkey;
  if (counter === null) return refusePasskey(ctx, { userId, reason: "wrong passkey" });
  if (await barredBy(ctx.db, userId, ctx.now())) return refusePasskey(ctx, { userId, reason: barredReason });
  const started = await startSession(ctx, userId, {
    passkey: (tx) => acceptPasskey(tx, { passkey, counter }, ctx.now()),
    device,
  });
  await refundAttempt(ctx, "session.start");
  await refundAttempt(ctx, "passkey.begin");
  return started;
}

/** Always throws. A wrong signature locks nobody out: it cannot be guessed, and so need not be counted. */
export const refusePasskey = command(sessionOperations["session.refuse"], {
  key: "session.refuse_passkey",
  input: internalInput<{ userId: string; reason: "wrong passkey" | typeof barredReason }>(),
  target: async ({ tx }, { userId }) => {
    const [record] = await tx.select().from(users).where(eq(users.id, userId));
    if (!record) throw failure();
    return { id: null, person: { id: record.id, name: fullName(record) }, record, trace: null };
  },
  change: async (_, __, { reason }): Promise<Change<never>> => ({
    value: undefined as never,
    after: null,
    facts: { reason },
    refusal: failure(),
  }),
});
