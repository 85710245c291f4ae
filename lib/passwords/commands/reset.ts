import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { passwords } from "@/db/schema";
import { generatePassword } from "@/lib/auth/generate-password";
import { hashPassword } from "@/lib/auth/password-queue";
import type { Ctx } from "@/lib/context";
import { precondition } from "@/lib/errors";
import { deliverLink } from "@/lib/links/deliver";
import { revokeLinks } from "@/lib/links/issue";
import { noticeCredentialChange } from "@/lib/links/notice";
import { mutate } from "@/lib/mutate";
import type { ResetPassword } from "@/lib/passwords/schema";
import { keepPassword } from "@/lib/passwords/store";
import { endSessions } from "@/lib/sessions/commands";
import { fullName } from "@/lib/users/names";
import { lockPerson, type UserRow } from "@/lib/users/scoped";
import { accepted, saveUser } from "@/lib/users/store";
import { ruleOn } from "@/lib/users/subject";

/** What the administrator is shown, once: a password, a link to hand over, or that a mail is on its way. */
export type Reset = { id: string; sessions: number; password: string | null; link: string | null; mailed: boolean };

/**
 * An administrator's reset: the old password is dead at once and every session ends. In its place comes a link, or a
 * generated password that must be changed at the next sign-in.
 */
export async function resetPassword(ctx: Ctx, input: ResetPassword): Promise<Reset> {
  const password = input.way === "generate" ? generatePassword() : null;
  return mutate(ctx, "password.reset", {
    id: input.id,
    target: async (tx) => {
      const record = await lockPerson(ctx, tx, "user.read", input.id);
      return { id: record.id, person: { id: record.id, name: fullName(record) }, record, trace: null };
    },
    rule: ruleOn(ctx, "password.reset"),
    prepare: password ? () => hashPassword(password) : undefined,
    change: async (tx, person, hash) => {
      if (person.configuration !== "default")
        throw precondition(`The password of ${fullName(person)} is kept by ${person.configuration}.`);
      const given = hash ? await giveGenerated(ctx, tx, person, hash) : await giveLink(ctx, tx, person);
      const sessions = await endSessions(ctx, tx, person.id, "password_changed");
      return {
        value: { id: person.id, sessions, password, ...given },
        after: { password: hash ? "generated" : "to be set by link" },
        facts: { sessions },
      };
    },
  });
}

async function giveGenerated(ctx: Ctx, tx: Tx, person: UserRow, hash: string) {
  await keepPassword(ctx, tx, person.id, hash, "An administrator has set a new password for you.");
  await saveUser(tx, person.id, { mustChangePassword: true, ...accepted(person) });
  return { link: null, mailed: false };
}

async function giveLink(ctx: Ctx, tx: Tx, person: UserRow) {
  await tx.delete(passwords).where(eq(passwords.userId, person.id));
  await revokeLinks(ctx, tx, person.id);
  await noticeCredentialChange(ctx, tx, person.id, "An administrator has reset your password.");
  const { link, mailed } = await deliverLink(ctx, tx, person, "password_reset");
  return { link, mailed };
}
