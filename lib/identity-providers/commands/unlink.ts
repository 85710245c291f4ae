import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { identities, identityProviders, sessions, users } from "@/db/schema";
import { dropIdTokens } from "@/lib/auth/id-tokens";
import { require } from "@/lib/authz/decision";
import type { Ctx } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { leftWithout, mayUnlinkOwn } from "@/lib/identity-providers/left";
import { identityProviderOperations } from "@/lib/identity-providers/operations";
import { identityIdSchema } from "@/lib/identity-providers/schema";
import { command } from "@/lib/kernel/command";
import { lockRows } from "@/lib/kernel/lock";
import { noticeCredentialChange } from "@/lib/mail/notice";
import { fullName } from "@/lib/normalization/names";
import { userPages } from "@/lib/people/pages";
import { lockPerson, type UserRow } from "@/lib/people/scoped";

/**
 * Takes a provider away from somebody as a way in; `left` says what remains. Nobody takes the last one from themselves
 * (U16).
 */
export const unlinkIdentity = command(identityProviderOperations["identity.unlink"], {
  input: identityIdSchema,
  target: async ({ ctx, tx }, { id }) => {
    const [found] = await tx
      .select({ identity: identities, provider: identityProviders.name })
      .from(identities)
      .innerJoin(identityProviders, eq(identityProviders.id, identities.providerId))
      .where(eq(identities.id, id));
    if (!found) throw notFound("The identity");
    const person = await lockHolder(ctx, tx, found.identity.userId);
    const provider = found.provider;
    return {
      id,
      person: { id: person.id, name: fullName(person) },
      record: { ...found.identity, provider },
      trace: { provider },
      facts: { provider },
    };
  },
  check: async ({ ctx, tx }, identity) => {
    if (identity.userId === ctx.actor.access.personId) require(mayUnlinkOwn(await leftWithout(ctx, tx, identity)));
  },
  change: async ({ ctx, tx }, identity) => {
    const { id, userId, provider } = identity;
    await dropIdTokens(tx, eq(sessions.identityId, id));
    const gone = await tx.delete(identities).where(eq(identities.id, id)).returning({ id: identities.id });
    if (gone.length === 0) throw notFound("The identity");
    const left = await leftWithout(ctx, tx, identity);
    await noticeCredentialChange(ctx, tx, userId, `Your account was unlinked from ${provider}.`);
    return { value: { id: userId, left }, after: {}, facts: { left } };
  },
  refresh: userPages,
});

/** One's own row needs no operation to be seen. */
async function lockHolder(ctx: Ctx, tx: Tx, userId: string): Promise<UserRow> {
  if (userId !== ctx.actor.access.personId) return lockPerson(ctx, tx, "user.read", userId);
  const [me] = await lockRows(tx, tx.select().from(users).where(eq(users.id, userId)), "update");
  if (!me) throw notFound("The user");
  return me;
}
