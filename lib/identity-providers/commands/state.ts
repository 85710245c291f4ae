import { eq, inArray } from "drizzle-orm";
import { identities as identitiesTable, identityProviders, sessions } from "@/db/schema";
import { refuseStale } from "@/lib/audit/raiser";
import { dropIdTokens } from "@/lib/auth/id-tokens";
import { precondition } from "@/lib/errors";
import { countDependent } from "@/lib/identity-providers/dependent";
import { identityProviderOperations } from "@/lib/identity-providers/operations";
import { providerPages, providersPath } from "@/lib/identity-providers/pages";
import { mayEnable } from "@/lib/identity-providers/policy";
import { enableProviderSchema, providerIdSchema } from "@/lib/identity-providers/schema";
import { providerTarget, saveProvider, traceOf } from "@/lib/identity-providers/store";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import { formatTotal } from "@/lib/lists/format-total";
import { keepMemberships } from "@/lib/memberships/store";

type Tested = { id: string; connectionId: string; claims: Record<string, unknown> };

/** Notes that somebody has signed in by the settings of a provider, with the claims that came: what "Enable" asks for (I1). */
export const recordTest = command(identityProviderOperations["identity_provider.test"], {
  for: "person",
  input: internalInput<Tested>(),
  target: ({ tx }, { id }) => providerTarget(tx, id),
  check: (_, before, { connectionId }) => {
    if (before.connectionId !== connectionId)
      throw precondition("Its settings have changed during the test. Test it again.");
  },
  change: async ({ ctx, tx, now }, before, { id, claims }) => {
    const saved = await saveProvider(tx, id, {
      state: before.state === "draft" ? "tested" : before.state,
      testedAt: now,
      testedBy: ctx.actor.id,
      testClaims: claims,
    });
    return { value: { id, version: saved.version }, after: await traceOf(tx, saved) };
  },
  refresh: providerPages,
});

export const enableProvider = command(identityProviderOperations["identity_provider.enable"], {
  input: enableProviderSchema,
  target: ({ tx }, { id }) => providerTarget(tx, id),
  already: ({ id, state }) => (state === "enabled" ? { value: { id } } : null),
  allowed: mayEnable,
  check: ({ ctx, tx }, provider, { version = provider.version }) =>
    refuseStale(ctx, tx, provider, version, { noun: "provider" }),
  change: async ({ tx }, _, { id }) => {
    const saved = await saveProvider(tx, id, { state: "enabled" });
    return { value: { id }, after: await traceOf(tx, saved) };
  },
  refresh: providerPages,
});

/**
 * Nobody signs in through it any more. Open sessions continue until they end. What was the only way to sign in is so no
 * more: nobody could sign in otherwise.
 */
export const disableProvider = command(identityProviderOperations["identity_provider.disable"], {
  input: providerIdSchema,
  target: ({ tx }, { id }) => providerTarget(tx, id),
  already: ({ id, version, state }) => (state === "enabled" ? null : { value: { id, version } }),
  change: async ({ tx }, _, { id }) => {
    const saved = await saveProvider(tx, id, { state: "disabled", onlyWayIn: false });
    return { value: { id, version: saved.version }, after: await traceOf(tx, saved) };
  },
  refresh: providerPages,
});

/**
 * Deletes a provider with everybody's identities at it; the people stay, what they sign in by is kept here from then on, and the
 * memberships that it gave stay as given by somebody here. Returns how many identities these were, and how many people have no way in
 * now.
 */
export const deleteProvider = command(identityProviderOperations["identity_provider.delete"], {
  input: providerIdSchema,
  target: ({ tx }, { id }) => providerTarget(tx, id),
  change: async ({ ctx, tx }, provider) => {
    const { id, name } = provider;
    const theirs = eq(identitiesTable.providerId, id);
    const identities = await tx.$count(identitiesTable, theirs);
    const dependent = await countDependent(ctx, provider);
    const known = tx.select({ id: identitiesTable.id }).from(identitiesTable).where(theirs);
    await dropIdTokens(tx, inArray(sessions.identityId, known));
    await keepMemberships(tx, id);
    await tx.delete(identityProviders).where(eq(identityProviders.id, id));
    const facts = { identities, ...(dependent.value > 0 && { withoutWayIn: formatTotal(dependent) }) };
    return { value: { id, name, identities, dependent }, after: {}, facts };
  },
  refresh: () => [providersPath],
});
