import { newId } from "@/db/columns";
import { identityProviderOperations } from "@/lib/identity-providers/operations";
import { providerPages } from "@/lib/identity-providers/pages";
import { checkGiven, lockMapped, readConnection } from "@/lib/identity-providers/placement";
import { createProviderSchema } from "@/lib/identity-providers/schema";
import { insertProvider, saveMapped, saveSecret, traceOf } from "@/lib/identity-providers/store";
import { command } from "@/lib/kernel/command";
import { checkOwner } from "@/lib/memberships/placement";
import { requireInSight } from "@/lib/people/placement";
import { lockChosen } from "@/lib/people/scoped";
import { requireEnd } from "@/lib/time/ends";

/**
 * Sets up a provider as a draft: its discovery document is read, and nobody signs in through it before it has been tested and
 * enabled. `invalid` at `discoveryUrl` when the document will not do.
 */
export const createProvider = command(identityProviderOperations["identity_provider.create"], {
  input: createProviderSchema,
  target: async ({ tx }, { name, ownerId, groups }) => {
    await lockChosen(tx, [ownerId]);
    await lockMapped(tx, groups);
    const id = newId();
    return { id, person: null, record: id, trace: null, facts: { provider: name } };
  },
  check: async ({ ctx, tx, now }, _, input) => {
    requireEnd("secretExpiresAt", input.secretExpiresAt, undefined, now);
    await requireInSight(ctx, tx, "ownerId", [input.ownerId]);
    await checkOwner(ctx, tx, input.ownerId, { what: "an identity provider" });
    await checkGiven(tx, input);
  },
  prepare: (input) => () => readConnection(input),
  change: async ({ tx, now }, id, { clientSecret, groups, ...input }, found) => {
    if (!found) throw new Error("The discovery document was not read");
    const provider = await insertProvider(tx, {
      ...input,
      ...found,
      id,
      kind: "oidc",
      connectionId: newId(),
      createdAt: now,
    });
    await saveSecret(tx, id, clientSecret);
    await saveMapped(tx, id, groups);
    return { value: { id, issuer: provider.issuer }, after: await traceOf(tx, provider) };
  },
  refresh: providerPages,
});
