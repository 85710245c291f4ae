import { inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { groups, roles } from "@/db/schema";
import { algorithmOf, discover, forgetDiscovery } from "@/lib/auth/providers/oidc/discovery";
import { invalidField } from "@/lib/errors";
import type { UpdateProvider } from "@/lib/identity-providers/schema";
import { lockRows } from "@/lib/kernel/lock";
import { OutgoingError } from "@/lib/platform/outgoing";

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

type Chosen = Pick<UpdateProvider, "ceilingRoleIds" | "defaultRoleId" | "defaultGroupIds" | "groups">;

/** The groups that a mapping names, in the order of their ids, so that none is deleted before it is saved. */
export async function lockMapped(tx: Tx, mapped: Chosen["groups"]): Promise<void> {
  if (mapped.length === 0) return;
  const ids = mapped.map(({ groupId }) => groupId);
  await lockRows(
    tx,
    tx.select({ id: groups.id }).from(groups).where(inArray(groups.id, ids)).orderBy(groups.id),
    "share",
  );
}

/** What a provider gives exists: additional and primary roles for its ceiling, a primary one for whom it creates, groups. */
export async function checkGiven(tx: Tx, chosen: Chosen): Promise<void> {
  const { ceilingRoleIds, defaultRoleId, defaultGroupIds, groups: mapped } = chosen;
  const wanted = [...ceilingRoleIds, ...(defaultRoleId ? [defaultRoleId] : [])];
  const known = wanted.length > 0 ? await tx.select().from(roles).where(inArray(roles.id, wanted)) : [];
  if (ceilingRoleIds.some((id) => !known.some((role) => role.id === id)))
    throw invalidField("ceilingRoleIds", "One of these roles no longer exists.");
  const primary = known.find(({ id }) => id === defaultRoleId);
  if (defaultRoleId && primary?.kind !== "primary") throw invalidField("defaultRoleId", "Choose a primary role.");
  const groupIds = [...defaultGroupIds, ...mapped.map(({ groupId }) => groupId)].map((id) => id.toLowerCase());
  const rows =
    groupIds.length > 0 ? await tx.select({ id: groups.id }).from(groups).where(inArray(groups.id, groupIds)) : [];
  const found = new Set(rows.map(({ id }) => id));
  if (defaultGroupIds.some((id) => !found.has(id.toLowerCase())))
    throw invalidField("defaultGroupIds", "One of these groups no longer exists.");
  const gone = mapped.findIndex(({ groupId }) => !found.has(groupId.toLowerCase()));
  if (gone >= 0) throw invalidField(`groups.${gone}.groupId`, "This group no longer exists.");
}
