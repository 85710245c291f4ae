import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { users } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { enqueueMail } from "@/lib/mail/enqueue";
import { canMail } from "@/lib/mail/reach";
import { fullName } from "@/lib/normalization/names";
import { deviceOf } from "@/lib/sessions/device";

/**
 * Notifies a person by mail that a password, second factor or address of theirs has changed, in the transaction of the
 * change; without mail nothing is sent. `what`: a sentence, as "Your password was changed."
 */
export async function noticeCredentialChange(ctx: Ctx, tx: Tx, userId: string, what: string): Promise<void> {
  const [person] = await tx.select().from(users).where(eq(users.id, userId));
  if (!person || !(await canMail(tx, person.email))) return;
  await enqueueMail(ctx, tx, {
    template: "credential_notice",
    userId,
    to: { name: fullName(person), address: person.email },
    values: {
      what,
      at: ctx.now(),
      address: ctx.source.address,
      device: ctx.source.agent && deviceOf(ctx.source.agent),
    },
  });
}

type Moved = { id: string; firstName: string; lastName: string };

/** Notifies the old address that the account has a new one, of which the mail shows only a part. */
export async function noticeAddressChange(ctx: Ctx, tx: Tx, person: Moved, change: { from: string; to: string }) {
  if (!(await canMail(tx, change.from))) return;
  await enqueueMail(ctx, tx, {
    template: "email_changed_notice",
    userId: person.id,
    to: { name: fullName(person), address: change.from },
    values: { newAddress: change.to },
  });
}
