import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { passwords } from "@/db/schema";
import { generatePassword } from "@/lib/auth/generate-password";
import { hashPassword } from "@/lib/auth/password-queue";
import type { Ctx } from "@/lib/context";
import { command } from "@/lib/kernel/command";
import type { Change } from "@/lib/kernel/steps";
import { deliverLink } from "@/lib/links/deliver";
import { revokeLinks } from "@/lib/links/issue";
import { noticeCredentialChange } from "@/lib/mail/notice";
import { fullName } from "@/lib/normalization/names";
import { passwordOperations } from "@/lib/passwords/operations";
import { resetPasswordSchema } from "@/lib/passwords/schema";
import { keepPassword } from "@/lib/passwords/store";
import { withKeeper } from "@/lib/people/keeper";
import { requirePasswordsOpen } from "@/lib/people/only-way-in";
import { userPages } from "@/lib/people/pages";
import { lockPerson, type UserRow } from "@/lib/people/scoped";
import { accepted, saveUser } from "@/lib/people/store";
import { stateAllows } from "@/lib/people/subject";
import { endSessions } from "@/lib/sessions/commands";
import { endTokens } from "@/lib/tokens/store";

/** What the administrator is shown, once: a password, a link to hand over, or that a mail is on its way. */
export type Reset = {
  id: string;
  sessions: number;
  password: string | null;
  link: string | null;
  linkExpiresAt: Date | null;
  mailed: boolean;
};

/**
 * An administrator's reset: the old password stops working at once and every session ends. In its place comes a link, or a
 * generated password that must be changed at the next sign-in.
 */
export const resetPassword = command(passwordOperations["password.reset"], {
  input: resetPasswordSchema,
  target: async ({ ctx, tx }, { id }) => {
    const record = await withKeeper(tx, await lockPerson(ctx, tx, "user.read", id));
    return { id: record.id, person: { id: record.id, name: fullName(record) }, record, trace: null };
  },
  allowed: stateAllows("password.reset"),
  check: requirePasswordsOpen,
  prepare: ({ way }) => (way === "generate" ? generated : undefined),
  change: async ({ ctx, tx }, person, _, made): Promise<Change<Reset>> => {
    const given = made ? await giveGenerated(ctx, tx, person, made.hash) : await giveLink(ctx, tx, person);
    const tokens = await endTokens(ctx, tx, person.id);
    const sessions = await endSessions(ctx, tx, person.id, "password_changed");
    return {
      value: { id: person.id, sessions, password: made?.password ?? null, ...given },
      after: { password: made ? "generated" : "to be set by link" },
      facts: { sessions, ...(tokens.length > 0 && { tokens }) },
    };
  },
  refresh: userPages,
});

async function generated(): Promise<{ password: string; hash: string }> {
  const password = generatePassword();
  return { password, hash: await hashPassword(password) };
}

async function giveGenerated(ctx: Ctx, tx: Tx, person: UserRow, hash: string) {
  await keepPassword(ctx, tx, person.id, hash, "An administrator has set a new password for you.");
  await saveUser(tx, person, { mustChangePassword: true, ...accepted(person) });
  return { link: null, linkExpiresAt: null, mailed: false };
}

async function giveLink(ctx: Ctx, tx: Tx, person: UserRow) {
  await tx.delete(passwords).where(eq(passwords.userId, person.id));
  await revokeLinks(ctx, tx, person.id);
  await noticeCredentialChange(ctx, tx, person.id, "An administrator has reset your password.");
  const { link, mailed, expiresAt } = await deliverLink(ctx, tx, person, "password_reset");
  return { link, linkExpiresAt: expiresAt, mailed };
}
