import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { mails } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { addJob } from "@/lib/jobs/add-job";
import { describeMail, type MailValues, type TemplateKey } from "@/lib/mail/templates/catalogue";
import { mailWorks } from "@/lib/mail/transport";
import { isAddress, type Mailbox, oneLine } from "@/lib/normalization/mailbox";
import { encrypt } from "@/lib/platform/encryption";
import { together } from "@/lib/platform/together";

export type Mail<K extends TemplateKey = TemplateKey> = {
  template: K;
  /** Whose mail it is: it goes when this person is erased. Null for an address that belongs to nobody yet. */
  userId: string | null;
  to: Mailbox;
  values: MailValues<K>;
};

/** Waits of e, e² … seconds, then six hours each: the twentieth try is made within three days. */
export const mailAttempts = 20;
export const mailPurpose = "mail";

/**
 * Writes a mail into the outbox and the job that sends it, in this transaction; it is sent once that has committed. While
 * mail is not set up it is written down as cancelled, so that nothing waits endlessly and nothing breaks: ask `mailWorks`
 * before a link is promised by mail. Throws when the values are not the template's, or it is not an address.
 */
export async function enqueueMail<K extends TemplateKey>(ctx: Ctx, tx: Tx, mail: Mail<K>): Promise<{ id: string }> {
  const { template, userId, to, values } = mail;
  if (!isAddress(to.address)) throw new Error("A mail was enqueued for an address that is none");
  const works = await mailWorks(tx);
  if (userId && withLink.includes(template)) await cancelMails(tx, userId, template, "It was replaced by a newer one.");
  const id = newId();
  await insertMail(tx, {
    id,
    template,
    userId,
    toName: oneLine(to.name),
    toAddress: to.address,
    subject: oneLine(describeMail(template, values, "UTC").subject),
    createdAt: ctx.now(),
    ...(works
      ? { status: "waiting", content: encrypt(mailPurpose, JSON.stringify({ template, values })) }
      : { status: "cancelled", lastError: "Mail is not set up." }),
  });
  if (works) await addJob(tx, "mail.send", { mailId: id }, { key: mailJobKey(id), maxAttempts: mailAttempts });
  return { id };
}

const insertMail = together<typeof mails.$inferInsert, void>(async (tx, made) => {
  await tx.insert(mails).values(made);
  return made.map(() => undefined);
});

/** Only the newest link of a kind opens anything (S6), and nobody is invited twice at once: an older mail is not sent any more. */
const withLink: TemplateKey[] = ["invitation", "password_reset", "email_change", "provider_invitation"];

export const mailJobKey = (id: string) => `mail:${id}`;

/** Takes mails that still wait out of the outbox, as when the link in them no longer opens anything. */
export const cancelMails = (tx: Tx, userId: string, template: TemplateKey, reason: string): Promise<void> =>
  cancelTogether(tx, { userId, template, reason });

type Cancelled = { userId: string; template: TemplateKey; reason: string };

/** One statement for all mails that are cancelled alike. */
const cancelTogether = together<Cancelled, void>(async (tx, asked) => {
  const alike = new Map<string, Cancelled[]>();
  for (const one of asked) {
    const kind = `${one.template} ${one.reason}`;
    alike.set(kind, [...(alike.get(kind) ?? []), one]);
  }
  for (const some of alike.values()) {
    const [{ template, reason }] = some as [Cancelled];
    const ids = some.map(({ userId }) => userId);
    await tx
      .update(mails)
      .set({ status: "cancelled", content: null, lastError: reason })
      .where(and(inArray(mails.userId, ids), eq(mails.template, template), eq(mails.status, "waiting")));
  }
  return asked.map(() => undefined);
});
