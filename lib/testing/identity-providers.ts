import { eq } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { identityProviders } from "@/db/schema";
import type { Ctx, Person } from "@/lib/context";
import { createProvider } from "@/lib/identity-providers/commands/create";
import { enableProvider, recordTest } from "@/lib/identity-providers/commands/state";
import type { CreateProvider, UpdateConnection, UpdateProvider } from "@/lib/identity-providers/schema";
import { insertProvider, type ProviderRow } from "@/lib/identity-providers/store";

/** The form of a provider, filled in. */
export const providerForm = (
  ownerId: string,
  { discoveryUrl }: { discoveryUrl: string },
  more: Partial<CreateProvider> = {},
): CreateProvider => ({
  slug: "northwind",
  name: "Northwind",
  preset: "any",
  clientId: "gatehouse",
  clientSecret: "a secret of the hostile provider, 32 characters",
  secretExpiresAt: null,
  scopes: ["openid", "email", "profile"],
  ownerId,
  mapping: { username: "preferred_username", email: "email", firstName: "given_name", lastName: "family_name" },
  groupsClaim: "",
  groups: [],
  domains: [],
  trustsEmail: false,
  createsUsers: false,
  managesUsers: false,
  ceilingRoleIds: [],
  defaultRoleId: null,
  defaultGroupIds: [],
  contact: "the service desk",
  discoveryUrl,
  ...more,
});

/** A provider whose document nobody has read, where it is only to be there. */
export async function storeProvider(tx: Tx, slug: string, ownerId: string): Promise<ProviderRow> {
  const {
    clientSecret: _,
    groups: __,
    ...form
  } = providerForm(ownerId, { discoveryUrl: "https://op.example/" }, { slug });
  const found = { issuer: "https://op.example", signingAlgorithm: "RS256", connectionId: newId() };
  return insertProvider(tx, { ...form, ...found, kind: "oidc" });
}

/** A provider through which people sign in: set up, tested and enabled. */
export async function openProvider(ctx: Ctx<Person>, tx: Db | Tx, form: CreateProvider): Promise<ProviderRow> {
  const { id } = await createProvider(ctx, form);
  const { connectionId } = await providerRow(tx, id);
  await recordTest(ctx, { id, connectionId, claims: {} });
  await enableProvider(ctx, { id });
  return providerRow(tx, id);
}

export async function providerRow(tx: Pick<Tx | Db, "select">, id: string): Promise<ProviderRow> {
  const [row] = await tx.select().from(identityProviders).where(eq(identityProviders.id, id));
  if (!row) throw new Error("There is no such provider");
  return row;
}

/** A provider as the forms of its page have it, with a changed detail. */
export const detailsOf = ({ id, version, ownerId, ...row }: ProviderRow): UpdateProvider => ({
  id,
  version,
  name: row.name,
  ownerId: ownerId ?? "",
  mapping: row.mapping,
  groupsClaim: row.groupsClaim,
  groups: [],
  domains: ["northwind.example"],
  trustsEmail: row.trustsEmail,
  createsUsers: row.createsUsers,
  managesUsers: row.managesUsers,
  ceilingRoleIds: row.ceilingRoleIds,
  defaultRoleId: row.defaultRoleId,
  defaultGroupIds: row.defaultGroupIds,
  contact: row.contact,
});

export const connectionOf = (row: ProviderRow): UpdateConnection => ({
  id: row.id,
  version: row.version,
  discoveryUrl: row.discoveryUrl,
  clientId: row.clientId,
  clientSecret: "",
  secretExpiresAt: row.secretExpiresAt,
  scopes: row.scopes,
});

/** One that is tested, and one that is enabled. */
export async function makeProviders(ctx: Ctx<Person>, tx: Tx, peer: { discoveryUrl: string }) {
  const make = async (slug: string) => {
    const { id } = await createProvider(ctx, providerForm(ctx.actor.id, peer, { slug, name: slug }));
    const { connectionId } = await providerRow(tx, id);
    await recordTest(ctx, { id, connectionId, claims: {} });
    return providerRow(tx, id);
  };
  const [tested, enabled] = [await make("tested"), await make("enabled")];
  await enableProvider(ctx, { id: enabled.id });
  return { tested, enabled };
}
