import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { links, mails } from "@/db/schema";
import { lockRows } from "@/lib/kernel/lock";
import { mailJobKey, mailPurpose } from "@/lib/mail/enqueue";
import { readContent } from "@/lib/mail/send";
import { unnamedInviter } from "@/lib/mail/templates/invitation";
import { encrypt } from "@/lib/platform/encryption";

/**
 * What is left of a purged person in mails (U14): jobs, whose last fault may quote the address, and the name as the
 * sender of invitations that have not been sent. The person's own mails go with their row.
 */
export async function eraseFromMails(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`
    select graphile_worker.remove_job(${mailJobKey("")} || ${mails.id}) from ${mails}
     where ${mails.userId} = ${personId} and ${mails.status} = 'waiting'`);
  const invited = tx
    .select({ id: links.userId })
    .from(links)
    .where(and(eq(links.createdBy, personId), eq(links.purpose, "invitation")));
  const rows = tx
    .select({ id: mails.id, content: mails.content })
    .from(mails)
    .where(and(eq(mails.template, "invitation"), isNotNull(mails.content), inArray(mails.userId, invited)));
  const unsent = await lockRows(tx, rows, "update");
  for (const { id, content } of unsent) {
    const unnamed = content && withoutInviter(content);
    await tx
      .update(mails)
      .set(unnamed ? { content: unnamed } : { status: "cancelled", content: null, lastError: "It could not be read." })
      .where(eq(mails.id, id));
  }
}

/** Null for what was encrypted with another key: such a mail cannot be sent either. */
function withoutInviter(content: string): string | null {
  try {
    const { template, values } = readContent(content);
    return encrypt(mailPurpose, JSON.stringify({ template, values: { ...values, invitedBy: unnamedInviter } }));
  } catch {
    return null;
  }
}
