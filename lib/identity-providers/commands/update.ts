import { newId } from "@/db/columns";
import { refuseStale } from "@/lib/audit/raiser";
import { invalidField } from "@/lib/errors";
import { identityProviderOperations } from "@/lib/identity-providers/operations";
import { providerPages } from "@/lib/identity-providers/pages";
import { checkGiven, lockMapped, readConnection } from "@/lib/identity-providers/placement";
import { updateConnectionSchema, updateProviderSchema } from "@/lib/identity-providers/schema";
import { providerTarget, saveMapped, saveProvider, saveSecret, traceOf } from "@/lib/identity-providers/store";
import { command } from "@/lib/kernel/command";
import { checkOwner } from "@/lib/memberships/placement";
import { requireInSight } from "@/lib/people/placement";
import { lockChosen } from "@/lib/people/scoped";
import { requireEnd } from "@/lib/time/ends";

/** Saves what a provider says about people, its ceiling and what it gives to those whom it creates. */
export const updateProvider = command(identityProviderOperations["identity_provider.update"], {
  input: updateProviderSchema,
  target: async ({ tx }, { id, ownerId, groups }) => {
    await lockChosen(tx, [ownerId]);
    await lockMapped(tx, groups);
    return providerTarget(tx, id);
  },
  check: async ({ ctx, tx }, before, input) => {
    await refuseStale(ctx, tx, before, input.version, { noun: "provider" });
    await requireInSight(ctx, tx, "ownerId", [input.ownerId], before.ownerId);
    if (input.ownerId !== before.ownerId) await checkOwner(ctx, tx, input.ownerId, { what: "an identity provider" });
    await checkGiven(tx, input);
  },
  change: async ({ tx }, _, { id, version: __, groups, ...details }) => {
    await saveMapped(tx, id, groups);
    const saved = await saveProvider(tx, id, details);
    return { value: { id, version: saved.version }, after: await traceOf(tx, saved) };
  },
  refresh: providerPages,
});

/**
 * Saves where a provider is and how Gatehouse proves itself there. It is a draft again, through which nobody signs in: a test
 * of the settings from before says nothing of these, and it is no longer the only way to sign in. A secret that is kept goes where it
 * went before, and nowhere else.
 */
export const updateConnection = command(identityProviderOperations["identity_provider.update"], {
  key: "identity_provider.update_connection",
  input: updateConnectionSchema,
  target: ({ tx }, { id }) => providerTarget(tx, id),
  check: async ({ ctx, tx, now }, before, { version, clientSecret, discoveryUrl, clientId, secretExpiresAt }) => {
    await refuseStale(ctx, tx, before, version, { noun: "provider" });
    requireEnd("secretExpiresAt", secretExpiresAt, { endsAt: before.secretExpiresAt }, now);
    const same = discoveryUrl === before.discoveryUrl && clientId === before.clientId;
    if (clientSecret === "" && !same)
      throw invalidField(
        "clientSecret",
        "Enter the client secret again: it would now be sent to another address or client.",
      );
  },
  prepare: (input) => () => readConnection(input),
  change: async ({ tx }, before, { id, clientSecret, clientId, secretExpiresAt }, found) => {
    if (!found) throw new Error("The discovery document was not read");
    if (clientSecret !== "") await saveSecret(tx, id, clientSecret);
    const saved = await saveProvider(tx, id, {
      ...found,
      clientId,
      secretExpiresAt,
      connectionId: newId(),
      state: "draft",
      onlyWayIn: false,
      testedAt: null,
      testedBy: null,
      testClaims: null,
    });
    return {
      value: { id, version: saved.version, issuer: saved.issuer, wasEnabled: before.state === "enabled" },
      after: await traceOf(tx, saved),
      facts: clientSecret === "" ? {} : { clientSecret: "entered again" },
    };
  },
  refresh: providerPages,
});
