import { and, eq, ne } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { signInNames } from "@/db/schema";
import { accountOperations, emailOperations } from "@/lib/account/operations";
import { confirmEmailSchema } from "@/lib/account/schema";
import type { Ctx, Person } from "@/lib/context";
import { invalidPerson, precondition } from "@/lib/errors";
import { noInputSchema } from "@/lib/http/no-input";
import { command } from "@/lib/kernel/command";
import { issueLink, revokeLinks } from "@/lib/links/issue";
import { deadLink, findLink, lockRedeemer, spendLink } from "@/lib/links/redeem";
import { enqueueMail } from "@/lib/mail/enqueue";
import { noticeAddressChange } from "@/lib/mail/notice";
import { emailKeyOf } from "@/lib/normalization/email";
import { fullName, nameColumns } from "@/lib/normalization/names";
import { mayRedeem } from "@/lib/passwords/by-link";
import { lockOwnAccount } from "@/lib/people/own-account";
import type { UserRow } from "@/lib/people/scoped";
import { claimNames, saveUser } from "@/lib/people/store";

/** `pending`: the address that is waited for; null when the change is done. */
export type EmailChange = { version: number; pending: string | null };

/** Inside one's own change: mails a link to the new address, and leaves the old one until it is followed. */
export async function awaitConfirmation(ctx: Ctx<Person>, tx: Tx, before: UserRow, email: string) {
  const [holder] = await tx
    .select()
    .from(signInNames)
    .where(and(eq(signInNames.key, emailKeyOf(email)), ne(signInNames.userId, before.id)));
  if (holder) throw invalidPerson("email", `"${email}" is already in use.`, [holder.userId]);
  const { href, expiresAt } = await issueLink(ctx, tx, { purpose: "email_change", userId: before.id, address: email });
  await enqueueMail(ctx, tx, {
    template: "email_change",
    userId: before.id,
    to: { name: fullName(before), address: email },
    values: { link: href, expiresAt },
  });
  const value: EmailChange = { version: before.version, pending: email };
  return { value, after: null, facts: { pendingEmail: email } };
}

/** The new address becomes the account's, by the link that was sent there; the old one is notified, and its links stop working. */
export const confirmEmail = command(emailOperations["email.confirm"], {
  input: confirmEmailSchema,
  // A token that never was one names nobody, so it leaves no event.
  before: async (ctx, { token }) => {
    await findLink(ctx, token);
  },
  target: async ({ ctx, tx }, { token }) => {
    const link = await findLink(ctx, token);
    const { record: person, ...target } = await lockRedeemer(tx, link);
    return { ...target, record: { person, link }, trace: { email: person.email } };
  },
  allowed: ({ person }, _, { now }) => mayRedeem(person, now),
  change: async ({ ctx, tx }, { person, link }) => {
    const email = link.address;
    if (!email) throw precondition(deadLink);
    await spendLink(ctx, tx, link, "email_change");
    const saved = await saveUser(tx, person, { email, ...nameColumns({ ...person, email }) }, { edited: true });
    await claimNames(ctx, tx, saved.id, saved);
    await revokeLinks(ctx, tx, saved.id);
    await noticeAddressChange(ctx, tx, person, { from: person.email, to: email });
    return { value: { userId: saved.id, email }, after: { email } };
  },
});

/** Takes the change of one's own address back, as long as it has not been confirmed. */
export const cancelEmailChange = command(accountOperations["account.update"], {
  key: "account.cancel_email_change",
  for: "person",
  input: noInputSchema,
  target: ({ ctx, tx }) => lockOwnAccount(ctx, tx, () => null),
  change: async ({ ctx, tx }, before) => {
    const revoked = await revokeLinks(ctx, tx, before.id, ["email_change"]);
    if (revoked === 0) throw precondition("There is no new email to confirm.");
    return { value: undefined, after: null, facts: { pendingEmail: "cancelled" } };
  },
  refresh: () => ["/account"],
});
