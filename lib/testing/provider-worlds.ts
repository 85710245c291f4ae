import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import {
  groupMembers,
  identities,
  identityProviders,
  providerGroups,
  roleOperations,
  userRoles,
  users,
} from "@/db/schema";
import type { Random } from "@/db/seed/random";
import type { Proof } from "@/lib/auth/providers/oidc/next-provider";
import type { ProviderRow } from "@/lib/identity-providers/store";
import { carriedKeys, operationOf } from "@/lib/operations";
import type { World } from "@/lib/testing/worlds";

const values = ["staff", "engineers", "leads", "admins"];
const domains = ["worlds.example", "elsewhere.example"];
const issuer = "https://provider.worlds.example";

const mapping = { username: "preferred_username", email: "email", firstName: "given_name", lastName: "family_name" };

/** Somebody who holds all, so that what comes through a provider is not mostly refused. */
export function drawHolder(world: World, random: Random): void {
  const known = world.roles.find((role) => role.admin);
  const admin = known ?? {
    id: newId(),
    name: "Zulu",
    kind: "additional" as const,
    rank: null,
    admin: true,
    needs: [],
    operations: [],
  };
  if (!known) world.roles.push(admin);
  const person = random.pick(world.people);
  person.primaryRoleId = admin.needs[0] ?? person.primaryRoleId;
  person.roles = [...person.roles.filter(({ roleId }) => roleId !== admin.id), { roleId: admin.id, endsAt: null }];
  if (random.chance(0.9)) Object.assign(person, { status: "active", accessEndsAt: null });
}

/** One or two providers, as somebody may have set them up: nothing here asks whether they should have. */
export async function storeProviders(tx: Tx, world: World, random: Random): Promise<ProviderRow[]> {
  const stored: ProviderRow[] = [];
  for (let number = random.between(1, 2); number > 0; number--) {
    const slug = `provider-${number}`;
    const [row] = await tx
      .insert(identityProviders)
      .values(drawProvider(world, random, slug))
      .returning();
    if (!row) throw new Error("The provider was not stored");
    stored.push(row);
    const mapped = values.flatMap((value) =>
      world.groups.filter(() => random.chance(0.5)).map(({ id }) => ({ providerId: row.id, value, groupId: id })),
    );
    if (mapped.length > 0) await tx.insert(providerGroups).values(mapped);
    await storeKnown(tx, world, random, row);
  }
  return stored;
}

function drawProvider(world: World, random: Random, slug: string): typeof identityProviders.$inferInsert {
  const primary = random.pick(world.roles.filter(({ kind }) => kind === "primary"));
  const some = <T>(list: readonly T[], chance: number) => list.filter(() => random.chance(chance));
  const ceiling = some(world.roles, 0.4).map(({ id }) => id);
  const holder = world.people.find(({ roles }) =>
    world.roles.some(({ id, admin }) => admin && roles.some((one) => one.roleId === id)),
  );
  return {
    id: newId(),
    slug,
    name: slug,
    nameKey: slug,
    kind: "oidc",
    preset: "any",
    ownerId: random.chance(0.1) ? null : holder && random.chance(0.75) ? holder.id : random.pick(world.people).id,
    state: random.chance(0.9) ? "enabled" : "disabled",
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    issuer,
    clientId: "gatehouse",
    scopes: ["openid"],
    signingAlgorithm: "RS256",
    connectionId: newId(),
    mapping,
    groupsClaim: random.chance(0.8) ? "groups" : "",
    domains: random.chance(0.2) ? [random.pick(domains)] : [],
    trustsEmail: random.chance(0.3),
    createsUsers: random.chance(0.9),
    managesUsers: random.chance(0.3),
    ceilingRoleIds: random.chance(0.85) ? [...new Set([...ceiling, primary.id])] : ceiling,
    defaultRoleId: random.chance(0.9) ? primary.id : null,
    defaultGroupIds: some(world.groups, 0.2).map(({ id }) => id),
  };
}

/** People whom it knows: some of its own configuration, some who were linked; of its own some memberships too. */
async function storeKnown(tx: Tx, world: World, random: Random, provider: ProviderRow): Promise<void> {
  for (const { id } of world.people.filter(() => random.chance(0.4))) {
    const own = random.chance(0.6);
    if (own) await tx.update(users).set({ configuration: provider.slug }).where(eq(users.id, id));
    const claims = { username: null, email: null, firstName: null, lastName: null, emailVerified: false };
    await tx.insert(identities).values({ providerId: provider.id, issuer, subject: `known-${id}`, userId: id, claims });
    for (const group of world.groups.filter(() => random.chance(0.3)))
      await tx
        .insert(groupMembers)
        .values({ groupId: group.id, userId: id, endsAt: null, providerId: own ? provider.id : null })
        .onConflictDoNothing();
  }
}

/** A sign-in of somebody who is known, or of somebody new, with whatever claims a provider may send. */
export async function drawProof(tx: Tx, provider: ProviderRow, random: Random): Promise<Proof> {
  const known = await tx
    .select()
    .from(identities)
    .where(eq(identities.providerId, provider.id))
    .orderBy(identities.subject);
  const named = `q${random.between(0, 9)}`;
  const taken = random.chance(0.15) ? `p${random.between(0, 8)}` : named;
  const listed = values.filter(() => random.chance(0.5));
  const claims: Record<string, unknown> = {
    preferred_username: random.chance(0.95) ? `${taken}-${random.between(0, 1)}` : null,
    email: random.chance(0.95) ? `${taken}@${random.pick(domains)}` : "none",
    email_verified: random.chance(0.95),
    given_name: random.pick(["Ann", "Ben", "Cyd"]),
    family_name: random.pick(["One", "Two"]),
    groups: random.pick<unknown>([
      listed,
      listed,
      listed,
      listed[0],
      listed.map((value) => `/${value}`),
      null,
      { deep: listed },
    ]),
  };
  const subject = known.length > 0 && random.chance(0.5) ? random.pick(known).subject : `new-${random.between(0, 99)}`;
  return { issuer, subject, sid: null, issuedAt: new Date(), idToken: null, claims };
}

/** What happens between two sign-ins: owners leave, roles are edited, ceilings too, and time passes. Returns the new moment. */
export async function drawMeanwhile(
  tx: Tx,
  { world, provider }: { world: World; provider: ProviderRow },
  random: Random,
): Promise<Date> {
  const soon = new Date(world.now.getTime() + 3_600_000);
  const role = random.pick(world.roles.filter(({ admin }) => !admin));
  const person = random.chance(0.6) && provider.ownerId ? provider.ownerId : random.pick(world.people).id;
  const change = random.between(0, 7);
  if (change === 0) await tx.update(users).set({ status: "disabled" }).where(eq(users.id, person));
  if (change === 1) await tx.update(users).set({ accessEndsAt: soon }).where(eq(users.id, person));
  if (change === 2) await tx.update(userRoles).set({ endsAt: soon }).where(eq(userRoles.userId, person));
  if (change === 3) await tx.delete(roleOperations).where(eq(roleOperations.roleId, role.id));
  if (change === 4) {
    const operation = random.pick(carriedKeys);
    const scope = random.pick(operationOf(operation).scopes);
    await tx.insert(roleOperations).values({ roleId: role.id, operation, scope }).onConflictDoNothing();
  }
  if (change === 5)
    await tx
      .update(identityProviders)
      .set({ ceilingRoleIds: [role.id] })
      .where(eq(identityProviders.id, provider.id));
  if (change === 6) await tx.update(users).set({ status: "active" }).where(eq(users.id, person));
  return random.chance(0.3) ? new Date(world.now.getTime() + random.pick([1, 7_200_000, 2 * 86_400_000])) : world.now;
}
