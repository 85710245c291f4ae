import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { lockNames } from "@/db/locks";
import { roles, setupCodes } from "@/db/schema";
import { presetOf } from "@/db/seed/presets/presets";
import { hashPassword } from "@/lib/auth/password-queue";
import { refuseWellKnown } from "@/lib/auth/well-known";
import { mayNot, yes } from "@/lib/authz/decision";
import type { Ctx } from "@/lib/context";
import { AppError, invalidField, precondition } from "@/lib/errors";
import { parseInput } from "@/lib/http/parse-input";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import { lockName, lockRows } from "@/lib/kernel/lock";
import type { Change } from "@/lib/kernel/steps";
import { fullName } from "@/lib/normalization/names";
import { installPreset } from "@/lib/roles/presets";
import { afterWrongTry, tryCode } from "@/lib/setup/code";
import { setupOperations } from "@/lib/setup/operations";
import { isSetUp } from "@/lib/setup/queries";
import { administratorSchema, type CompleteSetup, codeSchema, setupSchema } from "@/lib/setup/schema";
import { type NewAdministrator, storeAdministrator } from "@/lib/users/administrator";
import { userOperations } from "@/lib/users/operations";

type SetupRow = typeof setupCodes.$inferSelect;

/**
 * The first run: the person with the code from the log becomes the first administrator. Installs the preset, makes the
 * person and ends the code in one commit; of two at once, one is refused. Nothing else is looked at, and no password
 * hashed, before the code is right.
 */
export async function completeSetup(ctx: Ctx, entered: unknown): Promise<{ userId: string }> {
  const { code, preset, password, username, email, firstName, lastName } = await checkSetup(ctx, entered);
  const person = { username, email, firstName, lastName };
  return saveSetup(ctx, { code, made: { preset, person, hash: await hashPassword(password) } });
}

/** Refuses what `completeSetup` would, and makes nothing. */
export async function checkSetup(ctx: Ctx, entered: unknown): Promise<CompleteSetup> {
  await checkSetupCode(ctx, entered);
  const input = parseInput(setupSchema, entered);
  refuseWellKnown("password", input.password);
  return input;
}

/** Refuses a wrong code, and counts it. */
export async function checkSetupCode(ctx: Ctx, entered: unknown): Promise<void> {
  const { code } = parseInput(codeSchema, entered);
  if (!(await isRight(ctx, code))) await saveSetup(ctx, { code, made: null });
}

type Setup = Pick<CompleteSetup, "code"> & {
  made: (Pick<CompleteSetup, "preset"> & { person: NewAdministrator; hash: string }) | null;
};

/** `made`: null when the code was wrong. A wrong code is counted, and refused all the same. */
export const saveSetup = command(setupOperations["setup.complete"], {
  input: internalInput<Setup>(),
  target: async ({ tx }) => ({ id: null, person: null, record: await lockSetup(tx), trace: null }),
  change: async ({ ctx, tx, now }, row, { code, made }): Promise<Change<{ userId: string }>> => {
    const tried = tryCode(row, code, now);
    if (tried === "closed") throw closed(row, now);
    if (tried === "wrong" || made === null) return countWrongCode(tx, row, now);
    const { preset, person, hash } = made;
    await installPreset(tx, preset);
    const { id, trace } = await storeAdministrator(ctx, tx, person, hash);
    await tx.delete(setupCodes);
    const facts = { name: fullName(person), preset: presetOf(preset).name };
    return { value: { userId: id }, after: trace, personId: id, facts };
  },
});

async function countWrongCode(tx: Tx, row: SetupRow, now: Date): Promise<Change<never>> {
  await tx.update(setupCodes).set(afterWrongTry(row, now)).where(eq(setupCodes.id, row.id));
  return {
    value: undefined as never,
    after: null,
    facts: { reason: "wrong code" },
    refusal: invalidField("code", "Wrong setup code. Use the one printed when the server last started."),
  };
}

/** Its state before the lock is taken. Throws while no code is taken. */
async function isRight(ctx: Ctx, code: string): Promise<boolean> {
  const [row] = await ctx.db.select().from(setupCodes);
  if (!row) throw alreadySetUp();
  const tried = tryCode(row, code, ctx.now());
  if (tried === "closed") throw closed(row, ctx.now());
  return tried === "right";
}

/** One setup at a time, whatever the process and whether or not there is a code. */
async function lockSetup(tx: Tx): Promise<SetupRow> {
  await lockName(tx, lockNames.setup);
  const [row] = await lockRows(tx, tx.select().from(setupCodes), "update");
  if (!row || (await isSetUp(tx))) throw alreadySetUp();
  return row;
}

const alreadySetUp = () => precondition("Gatehouse is already set up. Sign in instead.");

function closed(row: SetupRow, now: Date): AppError {
  const seconds = Math.max(1, Math.ceil(((row.closedUntil?.getTime() ?? 0) - now.getTime()) / 1000));
  return new AppError("rate_limited", `Five wrong codes were entered. Try again in ${seconds} seconds.`, {
    retryAfter: seconds,
  });
}

/** For the server's owner at the command line: one more administrator, or the first one with the default preset. */
export const createAdministrator = command(userOperations["user.create"], {
  key: "user.create_administrator",
  input: administratorSchema,
  before: async (_, { password }) => refuseWellKnown("password", password),
  target: async () => ({ id: null, person: null, record: null, trace: null }),
  allowed: (_, __, { ctx }) => (ctx.actor.access.unrestricted ? yes : mayNot("Only the server's owner can do this.")),
  grants: () => ({}),
  prepare:
    ({ password }) =>
    () =>
      hashPassword(password),
  change: async ({ ctx, tx }, _, { password: __, ...person }, hash) => {
    if (!hash) throw new Error("The password was not hashed");
    await lockName(tx, lockNames.setup);
    const [known] = await tx.select({ id: roles.id }).from(roles).limit(1);
    if (!known) await installPreset(tx, "quality_assurance");
    const { id, trace } = await storeAdministrator(ctx, tx, person, hash);
    await tx.delete(setupCodes);
    return { value: { id }, after: trace, id, personId: id, facts: { name: fullName(person) } };
  },
});
