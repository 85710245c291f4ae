import type { Tx } from "@/db/client";
import { awaitConfirmation, type EmailChange } from "@/lib/account/confirm-email";
import { accountOperations } from "@/lib/account/operations";
import { updateAccountSchema } from "@/lib/account/profile-schema";
import type { ChangeEmail, ChangePassword, OwedPassword } from "@/lib/account/schema";
import { raiserOf } from "@/lib/audit/raiser";
import { hashPassword, verifyPassword } from "@/lib/auth/password-queue";
import { type Renewed, renewSession } from "@/lib/auth/renew-session";
import type { Ctx, Person } from "@/lib/context";
import { AppError, invalidField, precondition } from "@/lib/errors";
import { ownPassword, proveCurrentPassword, requireProof, requireUnchanged } from "@/lib/factors/current-password";
import { mayGivePassword } from "@/lib/factors/policy";
import { isShort, shortestPasswordOf } from "@/lib/factors/short-passwords";
import { hasShortPassword } from "@/lib/factors/stage";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import type { Change } from "@/lib/kernel/steps";
import { canMail } from "@/lib/mail/reach";
import { emailKeyOf } from "@/lib/normalization/email";
import { fullName, nameColumns } from "@/lib/normalization/names";
import { keepPassword, passwordChanged } from "@/lib/passwords/store";
import { refuseWeak } from "@/lib/passwords/weak";
import { refuseKept } from "@/lib/people/keeper";
import { ownKeptReason } from "@/lib/people/kept-fields";
import { requirePasswordsOpen } from "@/lib/people/only-way-in";
import { lockOwnAccount } from "@/lib/people/own-account";
import { requireOpenerCounts } from "@/lib/people/password-maker";
import type { UserRow } from "@/lib/people/scoped";
import { claimNames, saveUser } from "@/lib/people/store";
import { endSessions } from "@/lib/sessions/commands";

/** Edits what is sent of one's own name and preferences, in one commit. */
export const updateAccount = command(accountOperations["account.update"], {
  for: "person",
  input: updateAccountSchema,
  target: ({ ctx, tx }) => lockOwnAccount(ctx, tx, profileOf),
  check: (_, before, input) => refuseKept(before, input),
  change: async ({ ctx, tx }, before, { version, ...sent }) => {
    const renamed = sent.firstName !== undefined || sent.lastName !== undefined;
    if (renamed) await refuseStale(ctx, tx, before, version);
    const { firstName = before.firstName, lastName = before.lastName, shortcuts = before.shortcuts } = sent;
    const { timeZone = before.timeZone, dateForm: locale = before.locale } = sent;
    const names = renamed && { firstName, lastName, ...nameColumns({ ...before, firstName, lastName }) };
    const saved = await saveUser(tx, before, { timeZone, locale, shortcuts, ...names }, { edited: renamed });
    return { value: { version: saved.version }, after: profileOf(saved) };
  },
  refresh: () => ["/account"],
});

const profileOf = ({ firstName, lastName, timeZone, locale, shortcuts }: UserRow) => ({
  firstName,
  lastName,
  timeZone,
  dateForm: locale,
  shortcuts,
});

/**
 * Edits one's own address, which signs in too, with the current password, and a fresh factor where one is held (S8). Where mail works, it changes
 * only once the new address confirms.
 */
export async function changeEmail(ctx: Ctx<Person>, input: ChangeEmail): Promise<EmailChange> {
  const { email, version, currentPassword } = input;
  return saveEmail(ctx, { email, version, proved: await proveCurrentPassword(ctx, currentPassword) });
}

/** `proved`: the hash that the current password matched, to be compared again under the lock. */
export const saveEmail = command(accountOperations["account.update"], {
  key: "account.change_email",
  for: "person",
  input: internalInput<Pick<ChangeEmail, "email" | "version"> & { proved: string }>(),
  target: ({ ctx, tx }) => lockOwnAccount(ctx, tx, ({ email }) => ({ email })),
  allowed: mayGivePassword,
  change: async ({ ctx, tx }, before, { email, version, proved }): Promise<Change<EmailChange>> => {
    await refuseStale(ctx, tx, before, version);
    await requireProof(ctx, tx, proved);
    if (emailKeyOf(email) !== emailKeyOf(before.email) && (await canMail(tx, email)))
      return awaitConfirmation(ctx, tx, before, email);
    const columns = { email, ...nameColumns({ ...before, email }) };
    const saved = await saveUser(tx, before, columns, { edited: true });
    await claimNames(ctx, tx, saved.id, saved);
    return { value: { version: saved.version, pending: null }, after: { email } };
  },
});

/** Changes one's own password and ends one's other sessions (S10). Returns how many. */
export async function changePassword(ctx: Ctx<Person>, input: ChangePassword): Promise<{ ended: number }> {
  const { user } = await ownPassword(ctx);
  refuseWeak(user, input.newPassword, await shortestPasswordOf(ctx, user.id));
  const proved = await proveCurrentPassword(ctx, input.currentPassword);
  if (await verifyPassword(proved, input.newPassword))
    throw invalidField("newPassword", "This is your current password. Choose a different one.");
  return savePassword(ctx, { proved, ...(await hashed(input.newPassword)) });
}

type Hashed = { hash: string; short: boolean };

const hashed = async (password: string): Promise<Hashed> => ({
  hash: await hashPassword(password),
  short: isShort(password),
});

/** `proved`: as of `saveEmail`. */
export const savePassword = command(accountOperations["account.update"], {
  key: "account.change_password",
  for: "person",
  input: internalInput<Hashed & { proved: string }>(),
  target: ({ ctx, tx }) => lockOwnAccount(ctx, tx, () => ({})),
  allowed: mayGivePassword,
  change: async ({ ctx, tx }, { id }, { proved, ...given }) => {
    await requireProof(ctx, tx, proved);
    return storePassword(ctx, tx, id, given);
  },
});

/** Sets the password that is owed since an administrator set the last one, and opens the session that waited, under a new id (S5). */
export async function setOwedPassword(ctx: Ctx<Person>, input: OwedPassword): Promise<Renewed> {
  const { user, hash: old } = await ownPassword(ctx);
  refuseWeak(user, input.newPassword, await shortestPasswordOf(ctx, user.id));
  if (old && (await verifyPassword(old, input.newPassword)))
    throw invalidField("newPassword", "This is the password that must be changed. Choose a different one.");
  return saveOwedPassword(ctx, { old, ...(await hashed(input.newPassword)) });
}

/** `old`: the hash that was stored when the new password was compared with it; null where there was none. */
export const saveOwedPassword = command(accountOperations["account.update"], {
  key: "account.set_owed_password",
  for: "person",
  input: internalInput<Hashed & { old: string | null }>(),
  target: ({ ctx, tx }) => lockOwnAccount(ctx, tx, () => ({})),
  check: async (work, person) => {
    if (person.keeper) throw precondition(`${ownKeptReason(person.keeper)} Sign out, then sign in there.`);
    await requirePasswordsOpen(work, person);
  },
  change: async ({ ctx, tx }, { id, mustChangePassword }, { old, ...given }): Promise<Change<Renewed>> => {
    if (!mustChangePassword && !(await hasShortPassword(tx, id)))
      throw new AppError("conflict", "Your password was changed in the meantime. Sign in again.");
    if (old) await requireUnchanged(ctx, tx, old);
    await requireOpenerCounts(ctx, tx);
    const stored = await storePassword(ctx, tx, id, given);
    const renewed = await renewSession(ctx, tx, { stage: "open" });
    return { ...stored, value: { renewed }, session: renewed };
  },
});

async function storePassword(ctx: Ctx<Person>, tx: Tx, userId: string, { hash, short }: Hashed) {
  await keepPassword(ctx, tx, userId, hash, passwordChanged, short);
  await saveUser(tx, { id: userId }, { mustChangePassword: false, failedSignIns: 0 });
  const ended = await endSessions(ctx, tx, userId, "password_changed", { keepOwn: true });
  return { value: { ended }, after: { password: "changed" }, facts: { sessions: ended } };
}

/** Another window or an administrator saved these details since the page was made. */
async function refuseStale(ctx: Ctx, tx: Tx, before: UserRow, version: number): Promise<void> {
  if (before.version === version) return;
  const { name, self, named } = await raiserOf(ctx, tx, before);
  throw new AppError(
    "conflict",
    `Your details were changed in the meantime ${self ? "in another window" : `by ${name}`}: ${fullName(before)}, ${before.email}. Choose "Update" again to save yours.`,
    { details: { version: before.version }, named },
  );
}
