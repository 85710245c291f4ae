import { and, ne } from "drizzle-orm";
import { identityProviders } from "@/db/schema";
import { precondition } from "@/lib/errors";
import { identityProviderOperations } from "@/lib/identity-providers/operations";
import { providerPages } from "@/lib/identity-providers/pages";
import { mayBeOnly } from "@/lib/identity-providers/policy";
import { providerIdSchema } from "@/lib/identity-providers/schema";
import { providerTarget, saveProvider, traceOf } from "@/lib/identity-providers/store";
import { command } from "@/lib/kernel/command";
import { administratorsWithCredential, staysIn } from "@/lib/people/only-way-in";

/**
 * Makes a provider the only way to sign in: passwords, passkeys and other providers open nothing but for administrators. Sessions
 * that are open stay. Nobody can shut out themselves or everybody (U15, U16).
 */
export const requireProvider = command(identityProviderOperations["identity_provider.require"], {
  input: providerIdSchema,
  target: ({ tx }, { id }) => providerTarget(tx, id),
  already: ({ id, onlyWayIn }) => (onlyWayIn ? { value: { id } } : null),
  allowed: mayBeOnly,
  check: async ({ ctx, tx, now }, { id, name }) => {
    const [other] = await tx
      .select()
      .from(identityProviders)
      .where(and(identityProviders.onlyWayIn, ne(identityProviders.id, id)));
    if (other) throw precondition(`${other.name} is already the only way to sign in. Allow other ways there first.`);
    if ((await administratorsWithCredential(tx, now)) === 0)
      throw precondition(
        `No administrator has a password or a passkey, so nobody could sign in while ${name} does not work. Set a password for one first.`,
      );
    const userId = ctx.actor.access.personId;
    if (userId !== null && !(await staysIn(tx, { providerId: id, userId, at: now })))
      throw precondition(
        `You would lock yourself out: ${name} does not know you, and you are not an administrator with a Gatehouse account.`,
      );
  },
  change: async ({ tx }, _, { id }) => {
    const saved = await saveProvider(tx, id, { onlyWayIn: true });
    return { value: { id }, after: await traceOf(tx, saved) };
  },
  refresh: providerPages,
});

/** Opens every way to sign in again. */
export const releaseProvider = command(identityProviderOperations["identity_provider.release"], {
  input: providerIdSchema,
  target: ({ tx }, { id }) => providerTarget(tx, id),
  already: ({ id, onlyWayIn }) => (onlyWayIn ? null : { value: { id } }),
  change: async ({ tx }, _, { id }) => {
    const saved = await saveProvider(tx, id, { onlyWayIn: false });
    return { value: { id }, after: await traceOf(tx, saved) };
  },
  refresh: providerPages,
});
