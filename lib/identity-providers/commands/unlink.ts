import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { identities, identityProviders, passkeys, passwords, sessions, users } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { notFound, precondition } from "@/lib/errors";
import { identityProviderOperations } from "@/lib/identity-providers/operations";
import { identityIdSchema } from "@/lib/identity-providers/schema";
import { command } from "@/lib/kernel/command";
import { lockRows } from "@/lib/kernel/lock";
import { dropIdTokens } from "@/lib/sessions/id-tokens";
import { fullName } from "@/lib/users/names";
import { userPages } from "@/lib/users/pages";
import { lockPerson, type UserRow } from "@/lib/users/scoped";
import { type WayIn, wayInOf } from "@/lib/users/way-in";

/** By what somebody can sign in: another identity, or what there is without any. */
type Left = WayIn | "identity";

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
      record: found.identity,
      trace: { provider },
      facts: { provider },
    };
  },
  change: async ({ ctx, tx }, { id, userId }) => {
    await dropIdTokens(tx, eq(sessions.identityId, id));
    await tx.delete(identities).where(eq(identities.id, id));
    const left = await leftOf(ctx, tx, userId);
    const opens = left === "identity" || left === "credential";
    if (!opens && userId === ctx.actor.access.personId)
      throw precondition("This is your only way in. Set a password first.");
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

async function leftOf(ctx: Ctx, tx: Tx, userId: string): Promise<Left> {
  if ((await tx.$count(identities, eq(identities.userId, userId))) > 0) return "identity";
  const credentials =
    (await tx.$count(passwords, eq(passwords.userId, userId))) +
    (await tx.$count(passkeys, eq(passkeys.userId, userId)));
  const way = await wayInOf(ctx, userId);
  // People of a provider are not among those whose credentials are counted by the database.
  return way === "credential" && credentials === 0 ? "none" : way;
}
