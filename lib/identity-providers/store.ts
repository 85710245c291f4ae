import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type Handed, handedRows } from "@/db/handed";
import { keptBuilt } from "@/db/kept";
import { groups, identityProviders, providerGroups, providerSecrets, roles } from "@/db/schema";
import { personValue } from "@/lib/audit/named";
import { raised } from "@/lib/audit/raise";
import type { Trace } from "@/lib/audit/record";
import type { Reads } from "@/lib/context";
import { invalidField, isUniqueViolation, notFound, precondition } from "@/lib/errors";
import type { MappedGroup } from "@/lib/identity-providers/group-moves";
import { lockRows } from "@/lib/kernel/lock";
import type { Target } from "@/lib/kernel/steps";
import { foldName } from "@/lib/normalization/fold";
import { decrypt, encrypt } from "@/lib/platform/encryption";

/** The one writer of identity providers and their secrets. */
export type ProviderRow = typeof identityProviders.$inferSelect;

type Columns = Partial<typeof identityProviders.$inferInsert>;

/** An encrypted secret can be decrypted for its own provider alone. */
const purposeOf = (providerId: string) => `identity provider ${providerId}`;

export async function saveSecret(tx: Tx, providerId: string, secret: string): Promise<void> {
  const sealed = encrypt(purposeOf(providerId), secret);
  await tx
    .insert(providerSecrets)
    .values({ providerId, sealed })
    .onConflictDoUpdate({ target: providerSecrets.providerId, set: { sealed } });
}

export async function readSecret(db: Reads | Tx, providerId: string): Promise<string> {
  const [stored] = await askSecret(db, { providerId });
  if (!stored) throw new Error("A provider has no secret");
  return decrypt(purposeOf(providerId), stored.sealed);
}

const askSecret = keptBuilt((db: Reads | Tx) =>
  db
    .select()
    .from(providerSecrets)
    .where(eq(providerSecrets.providerId, sql.placeholder("providerId"))),
);

/** A provider as the target of a change: locked, with the fields that the event compares. */
export async function providerTarget(tx: Tx, id: string): Promise<Target<ProviderRow>> {
  const rows = tx.select().from(identityProviders).where(eq(identityProviders.id, id));
  const [provider] = await lockRows(tx, rows, "no key update");
  if (!provider) throw notFound("The identity provider");
  return {
    id: provider.id,
    person: null,
    record: provider,
    trace: await traceOf(tx, provider),
    facts: { provider: provider.name },
  };
}

export async function insertProvider(
  tx: Tx,
  values: Omit<typeof identityProviders.$inferInsert, "nameKey">,
): Promise<ProviderRow> {
  const [provider] = await uniquely(values, () =>
    tx
      .insert(identityProviders)
      .values({ ...values, nameKey: foldName(values.name) })
      .returning(),
  );
  if (!provider) throw new Error("The provider was not stored");
  return provider;
}

/** Saves columns and raises the version that two editors compare. */
export async function saveProvider(tx: Tx, id: string, columns: Columns): Promise<ProviderRow> {
  const named = columns.name === undefined ? {} : { nameKey: foldName(columns.name) };
  const [provider] = await uniquely(columns, () =>
    tx
      .update(identityProviders)
      .set({ ...columns, ...named, ...raised(tx, identityProviders) })
      .where(eq(identityProviders.id, id))
      .returning(),
  );
  if (!provider) throw new Error("The provider vanished while it was locked");
  return provider;
}

/** Hands providers from their owners to others (U11). Returns those that were still theirs. */
export async function giveProviders(tx: Tx, handed: Handed[]): Promise<string[]> {
  if (handed.length === 0) return [];
  const given = await tx
    .update(identityProviders)
    .set({ ownerId: sql`given.to_id`, ...raised(tx, identityProviders) })
    .from(handedRows(handed))
    .where(sql`${identityProviders.id} = given.id and ${identityProviders.ownerId} = given.from_id`)
    .returning({ id: identityProviders.id });
  return given.map(({ id }) => id);
}

/** What a provider said of somebody who tried it is nobody's any more. */
export async function forgetTestOf(tx: Tx, userId: string): Promise<void> {
  await tx.update(identityProviders).set({ testClaims: null }).where(eq(identityProviders.testedBy, userId));
}

/** Maps these values to groups, in one statement each way. */
export async function saveMapped(tx: Tx, providerId: string, mapped: MappedGroup[]): Promise<void> {
  await tx.delete(providerGroups).where(eq(providerGroups.providerId, providerId));
  if (mapped.length > 0) await tx.insert(providerGroups).values(mapped.map((one) => ({ ...one, providerId })));
}

/** Which groups the values of the claim map to, by value and name. `seen`: only of these groups. */
export const mappedOf = (
  db: Reads | Tx,
  providerId: string,
  seen?: SQL,
): Promise<(MappedGroup & { group: string })[]> =>
  db
    .select({ value: providerGroups.value, groupId: providerGroups.groupId, group: groups.name })
    .from(providerGroups)
    .innerJoin(groups, eq(groups.id, providerGroups.groupId))
    .where(and(eq(providerGroups.providerId, providerId), seen))
    .orderBy(providerGroups.value, groups.nameKey);

/** The unique indexes refuse a duplicate at its field, whatever the race. */
async function uniquely<T>({ name, slug }: Columns, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error, "identity_providers_name"))
      throw invalidField("name", `"${name}" is already in use. Names are not case-sensitive.`);
    if (isUniqueViolation(error, "identity_providers_only_way_in"))
      throw precondition("Another identity provider has just been made the only way to sign in.");
    if (isUniqueViolation(error, "identity_providers_slug")) throw invalidField("slug", `"${slug}" is already in use.`);
    throw error;
  }
}

/** Auditable fields, in words. Of the secret only that there is one. */
export async function traceOf(tx: Tx, provider: ProviderRow): Promise<Trace> {
  const { mapping, defaultRoleId } = provider;
  const mapped = await mappedOf(tx, provider.id);
  const names = await namesOf(tx, [...provider.ceilingRoleIds, ...(defaultRoleId ? [defaultRoleId] : [])]);
  return {
    name: provider.name,
    shortName: provider.slug,
    state: provider.state,
    owner: personValue(provider.ownerId),
    discoveryAddress: provider.discoveryUrl,
    issuer: provider.issuer,
    clientId: provider.clientId,
    clientSecret: "set",
    secretExpires: provider.secretExpiresAt?.toISOString() ?? null,
    scopes: provider.scopes,
    signingAlgorithm: provider.signingAlgorithm,
    claims: Object.entries(mapping).flatMap(([field, claim]) => (claim ? [`${field} from ${claim}`] : [])),
    groupsClaim: provider.groupsClaim,
    groups: mapped.map(({ value, group }) => `${value} into ${group}`),
    domains: provider.domains,
    trustsEmail: provider.trustsEmail,
    createsUsers: provider.createsUsers,
    managesUsers: provider.managesUsers,
    onlyWayToSignIn: provider.onlyWayIn,
    ceiling: provider.ceilingRoleIds.flatMap((id) => names.get(id) ?? []),
    defaultRole: defaultRoleId ? (names.get(defaultRoleId) ?? null) : null,
    defaultGroups: await groupNames(tx, provider.defaultGroupIds),
    contact: provider.contact,
  };
}

async function namesOf(tx: Tx, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await tx.select({ id: roles.id, name: roles.name }).from(roles).where(inArray(roles.id, ids));
  return new Map(found.map(({ id, name }) => [id, name]));
}

async function groupNames(tx: Tx, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = await tx
    .select({ name: groups.name })
    .from(groups)
    .where(inArray(groups.id, ids))
    .orderBy(groups.nameKey);
  return found.map(({ name }) => name);
}
