import { eq } from "drizzle-orm";
import { groupMembers, identities as identitiesTable, identityProviders } from "@/db/schema";
import { precondition } from "@/lib/errors";
import { identityProviderOperations } from "@/lib/identity-providers/operations";
import { providerPages, providersPath } from "@/lib/identity-providers/pages";
import { mayEnable } from "@/lib/identity-providers/policy";
import { providerIdSchema } from "@/lib/identity-providers/schema";
import { providerTarget, saveProvider, traceOf } from "@/lib/identity-providers/store";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";

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
  input: providerIdSchema,
  target: ({ tx }, { id }) => providerTarget(tx, id),
  already: ({ id, state }) => (state === "enabled" ? { value: { id } } : null),
  allowed: mayEnable,
  change: async ({ tx }, _, { id }) => {
    const saved = await saveProvider(tx, id, { state: "enabled" });
    return { value: { id }, after: await traceOf(tx, saved) };
  },
  refresh: providerPages,
});

/** Nobody signs in through it any more. Sessions that have begun go on until they end. */
export const disableProvider = command(identityProviderOperations["identity_provider.disable"], {
  input: providerIdSchema,
  target: ({ tx }, { id }) => providerTarget(tx, id),
  already: ({ id, state }) => (state === "enabled" ? null : { value: { id } }),
  change: async ({ tx }, _, { id }) => {
    const saved = await saveProvider(tx, id, { state: "disabled" });
    return { value: { id }, after: await traceOf(tx, saved) };
  },
  refresh: providerPages,
});

/**
 * Deletes a provider with everybody's identities at it; the people stay, and so do the memberships that it gave, as given by
 * somebody here. Gives how many identities these were.
 */
export const deleteProvider = command(identityProviderOperations["identity_provider.delete"], {
  input: providerIdSchema,
  target: ({ tx }, { id }) => providerTarget(tx, id),
  change: async ({ tx }, { id, name }) => {
    const identities = await tx.$count(identitiesTable, eq(identitiesTable.providerId, id));
    await tx.update(groupMembers).set({ providerId: null }).where(eq(groupMembers.providerId, id));
    await tx.delete(identityProviders).where(eq(identityProviders.id, id));
    return { value: { id, name, identities }, after: {}, facts: { identities } };
  },
  refresh: () => [providersPath],
});
