import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db, Tx } from "@/db/client";
import { mails, users } from "@/db/schema";
import { DeliveryFault, deliver, type Patience } from "@/lib/mail/deliver";
import { mailPurpose } from "@/lib/mail/enqueue";
import { renderMail } from "@/lib/mail/render";
import { describeMail, isTemplate, type TemplateKey } from "@/lib/mail/templates/catalogue";
import { currentTransport } from "@/lib/mail/transport";
import { decrypt } from "@/lib/platform/encryption";
import { publicUrl } from "@/lib/platform/env";
import { faultOf, log } from "@/lib/platform/log";

type Options = { last: boolean; now?: () => Date; patience?: Patience; signal?: AbortSignal };

/**
 * Sends one mail of the outbox, if it still waits. It is sent once, but when the connection or this process is lost between the
 * last byte and the server's answer: then it is sent again under the same Message-ID (RFC 5321, 4.1.1.4). Throws what a later
 * try may mend; after the last try, or an answer that stays, the mail has failed and keeps what it says, to be sent again.
 */
export async function sendMail(
  db: Db | Tx,
  id: string,
  { last, now = () => new Date(), patience, signal }: Options,
): Promise<void> {
  const mail = await begin(db, id, now());
  if (!mail) return;
  try {
    const { template, values } = readContent(mail.content);
    if (hasExpired(values, now()))
      return await close(db, id, { status: "cancelled", lastError: "The link in it has expired." });
    const transport = await currentTransport(db);
    if (!transport) throw new NotSetUp();
    const rendered = renderMail(describeMail(template, values, mail.zone));
    const to = { name: mail.toName, address: mail.toAddress };
    await deliver(transport, { ...rendered, to, messageId: `<${id}@${publicUrl().hostname}>` }, { patience, signal });
  } catch (error) {
    const told = error instanceof DeliveryFault || error instanceof NotSetUp;
    if (!told) log.error({ mail: id, fault: faultOf(error) }, "mail not prepared");
    const over = last || (error instanceof DeliveryFault && error.permanent);
    await note(db, id, { lastError: told ? error.message : unprepared, ...(over && { status: "failed" as const }) });
    if (over) return;
    throw error;
  }
  await close(db, id, { status: "sent", sentAt: now(), lastError: null });
}

const unprepared = "This mail could not be prepared. The server's log says why.";

class NotSetUp extends Error {
  constructor() {
    super("Mail is not set up.");
  }
}

const waits = (id: string) => and(eq(mails.id, id), eq(mails.status, "waiting"));

async function begin(db: Db | Tx, id: string, now: Date) {
  const [mail] = await db
    .update(mails)
    .set({ attempts: sql`${mails.attempts} + 1`, lastTriedAt: now, lastError: null })
    .where(waits(id))
    .returning();
  if (!mail?.content) return null;
  const [owner] = mail.userId
    ? await db.select({ zone: users.timeZone }).from(users).where(eq(users.id, mail.userId))
    : [];
  return { ...mail, content: mail.content, zone: owner?.zone ?? "UTC" };
}

const contentSchema = z.object({
  template: z.custom<TemplateKey>((key) => typeof key === "string" && isTemplate(key)),
  values: z.record(z.string(), z.unknown()),
});

export const readContent = (sealed: string) => contentSchema.parse(JSON.parse(decrypt(mailPurpose, sealed)));

/** A mail whose link opens nothing any more is not worth a try. */
export const hasExpired = ({ expiresAt }: Record<string, unknown>, now: Date) =>
  typeof expiresAt === "string" && new Date(expiresAt) <= now;

const note = (db: Db | Tx, id: string, changes: Partial<typeof mails.$inferInsert>) =>
  db.update(mails).set(changes).where(waits(id));

async function close(db: Db | Tx, id: string, changes: Partial<typeof mails.$inferInsert>): Promise<void> {
  await note(db, id, { ...changes, content: null });
}
