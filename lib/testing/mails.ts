import { asc, eq } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { mails, settings } from "@/db/schema";
import { mailPurpose } from "@/lib/mail/enqueue";
import { transportKey } from "@/lib/mail/transport";
import { decrypt } from "@/lib/platform/encryption";

/** Sets mail up, so that commands enqueue; nothing is listening there. */
export async function setUpMail(tx: Db | Tx): Promise<void> {
  const value = { host: "127.0.0.1", port: 9, security: "none", user: "", password: "", from: "gatehouse@example.com" };
  await tx.insert(settings).values({ key: transportKey, value });
}

export type EnqueuedMail = { template: string; values: Record<string, unknown> };

/** What waits in the outbox for an address, oldest first. */
export async function mailsTo(tx: Db | Tx, address: string): Promise<EnqueuedMail[]> {
  const rows = await tx
    .select()
    .from(mails)
    .where(eq(mails.toAddress, address))
    .orderBy(asc(mails.createdAt), asc(mails.id));
  const waiting = rows.flatMap(({ content }) => content ?? []);
  return waiting.map((content) => JSON.parse(decrypt(mailPurpose, content)) as EnqueuedMail);
}

/** The secret at the end of a link's address. */
export const tokenOf = (link: unknown): string => String(link).split("/").at(-1) ?? "";
