import { inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { groups, roles } from "@/db/schema";
import { algorithmOf, discover, forgetDiscovery } from "@/lib/auth/providers/oidc/discovery";
import { OutgoingError } from "@/lib/connections/outgoing";
import { invalidField } from "@/lib/errors";
import type { UpdateProvider } from "@/lib/identity-providers/schema";

/** Reads the discovery document of an address that was typed; `invalid` at the field, in our own words, when it will not do. */
export async function readConnection({ discoveryUrl, scopes }: { discoveryUrl: string; scopes: string[] }) {
  try {
    const document = await discover(discoveryUrl);
    forgetDiscovery(discoveryUrl);
    const signingAlgorithm = algorithmOf(document);
    if (!signingAlgorithm) throw new OutgoingError("answer", "It signs by no algorithm that Gatehouse checks.");
    return { issuer: document.issuer, signingAlgorithm, discoveryUrl, scopes: [...new Set(scopes)] };
  } catch (error) {
    if (error instanceof OutgoingError) throw invalidField("discoveryUrl", error.message);
    throw error;
  }
}

type Chosen = Pick<UpdateProvider, "ceilingRoleIds" | "defaultRoleId" | "defaultGroupIds">;

/** What a provider gives exists: additional and primary roles for its ceiling, a primary one for whom it creates, groups. */
export async function checkGiven(tx: Tx, { ceilingRoleIds, defaultRoleId, defaultGroupIds }: Chosen): Promise<void> {
  const wanted = [...ceilingRoleIds, ...(defaultRoleId ? [defaultRoleId] : [])];
  const known = wanted.length > 0 ? await tx.select().from(roles).where(inArray(roles.id, wanted)) : [];
  if (ceilingRoleIds.some((id) => !known.some((role) => role.id === id)))
    throw invalidField("ceilingRoleIds", "One of these roles does not exist any more.");
  const primary = known.find(({ id }) => id === defaultRoleId);
  if (defaultRoleId && primary?.kind !== "primary") throw invalidField("defaultRoleId", "Choose a primary role.");
  const found =
    defaultGroupIds.length > 0
      ? await tx.select({ id: groups.id }).from(groups).where(inArray(groups.id, defaultGroupIds))
      : [];
  if (found.length < new Set(defaultGroupIds).size)
    throw invalidField("defaultGroupIds", "One of these groups does not exist any more.");
}
