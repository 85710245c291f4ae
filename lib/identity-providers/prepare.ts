import { and, desc, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { identityProviders, mails } from "@/db/schema";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { invalidField, precondition } from "@/lib/errors";
import { mayPrepare } from "@/lib/identity-providers/policy";
import { ownAddressesOf } from "@/lib/identity-providers/queries";
import { enqueueMail } from "@/lib/mail/enqueue";
import { canMail } from "@/lib/mail/reach";
import { foldEmail } from "@/lib/normalization/email";
import { fullName } from "@/lib/normalization/names";
import type { UserRow } from "@/lib/people/scoped";
import { askedOnce } from "@/lib/platform/together";

/** Users may be created for this provider, with an address by which it can have them recognized (I2); else at its field. */
export async function checkConfiguration(tx: Tx, configuration: string, email: string): Promise<void> {
  const provider = await providerOf(tx, configuration);
  if (!provider || provider.state === "draft")
    throw invalidField("configuration", "This configuration does not exist, or it has not been tested.");
  const may = mayPrepare(provider);
  if (!may.ok) throw invalidField("configuration", may.reason);
  const { name, domains } = provider;
  if (domains.length > 0 && !domains.includes(foldEmail(email)?.split("@")[1] ?? ""))
    throw invalidField("email", `${name} is only set up for addresses of ${domains.join(", ")}.`);
}

type Undelivered = { link: null; expiresAt: null; mailed: boolean };

/** Mails where to sign in. There is no link to hand over where mail does not work: the address is no secret. */
export async function inviteThrough(ctx: Ctx, tx: Tx, user: UserRow): Promise<Undelivered> {
  const provider = await providerOf(tx, user.configuration);
  if (!provider || !(await canMail(tx, user.email))) return { link: null, expiresAt: null, mailed: false };
  await enqueueMail(ctx, tx, {
    template: "provider_invitation",
    userId: user.id,
    to: { name: fullName(user), address: user.email },
    values: { link: ownAddressesOf(provider.slug).start, provider: provider.name },
  });
  return { link: null, expiresAt: null, mailed: true };
}

/** The same again, for somebody who has not come yet. Throws `precondition` where there is no mail. */
export async function inviteAgain(ctx: Ctx, tx: Tx, user: UserRow): Promise<{ provider: string }> {
  const { mailed } = await inviteThrough(ctx, tx, user);
  const start = ownAddressesOf(user.configuration).start;
  if (!mailed) throw precondition(`Mail is not set up here. Tell ${fullName(user)} to sign in at ${start}.`);
  return { provider: (await providerOf(tx, user.configuration))?.name ?? user.configuration };
}

/** When the last mail went to somebody, whom the actor may see, that says where to sign in; null: none is known. */
export async function findProviderInvitation(ctx: Ctx, userId: string): Promise<Date | null> {
  const [mail] = await ctx.db
    .select({ createdAt: mails.createdAt })
    .from(mails)
    .where(
      and(eq(mails.userId, userId), eq(mails.template, "provider_invitation"), within(ctx, "user.read", mails.userId)),
    )
    .orderBy(desc(mails.createdAt))
    .limit(1);
  return mail?.createdAt ?? null;
}

const providerOf = askedOnce(String, async (tx, slug: string) => {
  const [provider] = await tx.select().from(identityProviders).where(eq(identityProviders.slug, slug));
  return provider ?? null;
});
