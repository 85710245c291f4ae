import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { identityProviders } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { invalidField } from "@/lib/errors";
import { mayPrepare } from "@/lib/identity-providers/policy";
import { ownAddressesOf } from "@/lib/identity-providers/queries";
import { canMail } from "@/lib/links/reach";
import { enqueueMail } from "@/lib/mail/enqueue";
import { foldEmail } from "@/lib/normalization/email";
import { fullName } from "@/lib/users/names";
import type { UserRow } from "@/lib/users/scoped";

/** Users may be created for this provider, with an address by which it can have them recognized (I2); else at its field. */
export async function checkConfiguration(tx: Tx, configuration: string, email: string): Promise<void> {
  const provider = await providerOf(tx, configuration);
  if (!provider || provider.state === "draft")
    throw invalidField("configuration", "There is no such configuration, or it has not been tested.");
  const may = mayPrepare(provider);
  if (!may.ok) throw invalidField("configuration", may.reason);
  const { name, domains } = provider;
  if (domains.length > 0 && !domains.includes(foldEmail(email)?.split("@")[1] ?? ""))
    throw invalidField("email", `${name} is set up for addresses of ${domains.join(", ")} alone.`);
}

/** Mails where to sign in. There is no link to hand over where mail does not work: the address is no secret. */
export async function inviteThrough(ctx: Ctx, tx: Tx, user: UserRow): Promise<{ link: null; mailed: boolean }> {
  const provider = await providerOf(tx, user.configuration);
  if (!provider || !(await canMail(tx, user.email))) return { link: null, mailed: false };
  await enqueueMail(ctx, tx, {
    template: "provider_invitation",
    userId: user.id,
    to: { name: fullName(user), address: user.email },
    values: { link: ownAddressesOf(provider.slug).start, provider: provider.name },
  });
  return { link: null, mailed: true };
}

async function providerOf(tx: Tx, slug: string) {
  const [provider] = await tx.select().from(identityProviders).where(eq(identityProviders.slug, slug));
  return provider ?? null;
}
