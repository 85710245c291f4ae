import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { users } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { issueLink } from "@/lib/links/issue";
import { enqueueMail } from "@/lib/mail/enqueue";
import { canMail } from "@/lib/mail/reach";
import { unnamedInviter } from "@/lib/mail/templates/invitation";
import { fullName } from "@/lib/normalization/names";
import type { UserRow } from "@/lib/people/scoped";
import { askedOnce } from "@/lib/platform/together";

/** How a link reaches its person. `link`: to be handed over, shown this once, because there is no mail. */
export type Delivered = { link: string | null; mailed: boolean; expiresAt: Date };

/** Makes a link and mails it in the same transaction; where mail does not work it is given back. */
export async function deliverLink(
  ctx: Ctx,
  tx: Tx,
  person: UserRow,
  purpose: "invitation" | "password_reset",
): Promise<Delivered> {
  const { href, expiresAt } = await issueLink(ctx, tx, { purpose, userId: person.id });
  if (!(await canMail(tx, person.email))) return { link: href, mailed: false, expiresAt };
  const mail = { userId: person.id, to: { name: fullName(person), address: person.email } };
  if (purpose === "invitation")
    await enqueueMail(ctx, tx, {
      ...mail,
      template: "invitation",
      values: { link: href, expiresAt, invitedBy: await nameOf(tx, ctx.actor.access.personId) },
    });
  else await enqueueMail(ctx, tx, { ...mail, template: "password_reset", values: { link: href, expiresAt } });
  return { link: null, mailed: true, expiresAt };
}

const nameOf = askedOnce(String, async (tx, personId: string | null): Promise<string> => {
  if (personId === null) return unnamedInviter;
  const [actor] = await tx.select().from(users).where(eq(users.id, personId));
  return actor ? fullName(actor) : unnamedInviter;
});
