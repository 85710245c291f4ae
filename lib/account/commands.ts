import type { Tx } from "@/db/client";
import { awaitConfirmation, type EmailChange } from "@/lib/account/confirm-email";
import { mayGivePassword } from "@/lib/account/policy";
import { ownPassword, proveCurrentPassword, requireProof, requireStillProved } from "@/lib/account/proof";
import type { ChangeEmail, ChangePassword, OwedPassword, UpdateAccount } from "@/lib/account/schema";
import { lockOwnAccount } from "@/lib/account/target";
import { raiserOf } from "@/lib/audit/raiser";
import { hashPassword, verifyPassword } from "@/lib/auth/password-queue";
import type { Ctx, Person } from "@/lib/context";
import { AppError, invalidField } from "@/lib/errors";
import { isShort, shortestPasswordOf } from "@/lib/factors/short-passwords";
import { hasShortPassword } from "@/lib/factors/stage";
import { canMail } from "@/lib/links/reach";
import { mutate } from "@/lib/mutate";
import { emailKeyOf } from "@/lib/normalization/email";
import { keepPassword, passwordChanged } from "@/lib/passwords/store";
import { refuseWeak } from "@/lib/passwords/weak";
import { endSessions } from "@/lib/sessions/commands";
import { type Renewed, renewSession } from "@/lib/sessions/renew";
import { fullName, nameColumns } from "@/lib/users/names";
import type { UserRow } from "@/lib/users/scoped";
import { claimNames, saveUser } from "@/lib/users/store";

/** Edits one's own first and last name. */
export function updateAccount(ctx: Ctx<Person>, input: UpdateAccount): Promise<{ version: number }> {
  const { firstName, lastName, version } = input;
  return mutate(ctx, "account.update", {
    target: (tx) => lockOwnAccount(ctx, tx, (record) => ({ firstName: record.firstName, lastName: record.lastName })),
    change: async (tx, before) => {
      await refuseStale(ctx, tx, before, version);
      const columns = { firstName, lastName, ...nameColumns({ ...before, firstName, lastName }) };
      const saved = await saveUser(tx, before.id, columns, { edited: true });
      return { value: { version: saved.version }, after: { firstName, lastName } };
    },
  });
}

/**
 * Edits one's own address, which signs in too, with the current password, and a fresh factor where one is held (S8). Where mail works, it changes
 * only once the new address confirms.
 */
export async function changeEmail(ctx: Ctx<Person>, input: ChangeEmail): Promise<EmailChange> {
  const proved = await proveCurrentPassword(ctx, input.currentPassword);
  return mutate(ctx, "account.update", {
    target: (tx) => lockOwnAccount(ctx, tx, (record) => ({ email: record.email })),
    rule: mayGivePassword,
    change: async (tx, before) => {
      await refuseStale(ctx, tx, before, input.version);
      await requireProof(ctx, tx, proved);
      const { email } = input;
      if (emailKeyOf(email) !== emailKeyOf(before.email) && (await canMail(tx, email)))
        return awaitConfirmation(ctx, tx, before, email);
      const columns = { email, ...nameColumns({ ...before, email }) };
      const saved = await saveUser(tx, before.id, columns, { edited: true });
      await claimNames(ctx, tx, saved.id, saved);
      const value: EmailChange = { version: saved.version, pending: null };
      return { value, after: { email } };
    },
  });
}

/** Changes one's own password and ends one's other sessions (S10). Returns how many. */
export async function changePassword(ctx: Ctx<Person>, input: ChangePassword): Promise<{ ended: number }> {
  const { user } = await ownPassword(ctx);
  refuseWeak(user, input.newPassword, await shortestPasswordOf(ctx, user.id));
  const proved = await proveCurrentPassword(ctx, input.currentPassword);
  if (await verifyPassword(proved, input.newPassword))
    throw invalidField("newPassword", "This is your current password. Choose another one.");
  const hash = await hashPassword(input.newPassword);
  return mutate(ctx, "account.update", {
    target: (tx) => lockOwnAccount(ctx, tx, () => ({})),
    rule: mayGivePassword,
    change: async (tx, before) => {
      await requireProof(ctx, tx, proved);
      return storePassword(ctx, tx, before.id, hash, isShort(input.newPassword));
    },
  });
}

/** Sets the password that is owed since an administrator set the last one, and opens the session that waited, under a new id (S5). */
export async function setOwedPassword(ctx: Ctx<Person>, input: OwedPassword): Promise<Renewed> {
  const { user, hash: old } = await ownPassword(ctx);
  refuseWeak(user, input.newPassword, await shortestPasswordOf(ctx, user.id));
  if (old && (await verifyPassword(old, input.newPassword)))
    throw invalidField("newPassword", "This is the password that has to be changed. Choose another one.");
  const hash = await hashPassword(input.newPassword);
  return mutate(ctx, "account.update", {
    target: (tx) => lockOwnAccount(ctx, tx, () => ({})),
    change: async (tx, before) => {
      if (!before.mustChangePassword && !(await hasShortPassword(tx, before.id)))
        throw new AppError("conflict", "Your password was changed meanwhile. Sign in again.");
      if (old) await requireStillProved(ctx, tx, old);
      const stored = await storePassword(ctx, tx, before.id, hash, isShort(input.newPassword));
      const renewed = await renewSession(ctx, tx, { stage: "open" });
      return { ...stored, value: { renewed }, session: renewed };
    },
  });
}

async function storePassword(ctx: Ctx<Person>, tx: Tx, userId: string, hash: string, short: boolean) {
  await keepPassword(ctx, tx, userId, hash, passwordChanged, short);
  await saveUser(tx, userId, { mustChangePassword: false, failedSignIns: 0 });
  const ended = await endSessions(ctx, tx, userId, "password_changed", { keepOwn: true });
  return { value: { ended }, after: { password: "changed" }, facts: { sessions: ended } };
}

/** Another window or an administrator saved these details since the page was made. */
async function refuseStale(ctx: Ctx, tx: Tx, before: UserRow, version: number): Promise<void> {
  if (before.version === version) return;
  const { name, self, named } = await raiserOf(ctx, tx, before);
  throw new AppError(
    "conflict",
    `Your details were changed meanwhile ${self ? "in another window" : `by ${name}`}: ${fullName(before)}, ${before.email}. Choose "Update" again to save yours.`,
    { details: { version: before.version }, named },
  );
}
