import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Db, Tx } from "@/db/client";
import { groupMembers, identities, identityProviders, userRoles, users } from "@/db/schema";
import { type Random, randomFrom } from "@/db/seed/random";
import { reachesPeople } from "@/lib/authz/grants";
import { nobody } from "@/lib/authz/principal";
import { createContext } from "@/lib/context";
import type { ProviderRow } from "@/lib/identity-providers/store";
import { carriedKeys, operationOf, takesEverything } from "@/lib/operations";
import { ProviderRefusal } from "@/lib/sign-in/providers/refusals";
import { signInThrough } from "@/lib/sign-in/providers/sign-in";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { covers, type Held, heldBy, isInForce } from "@/lib/testing/oracle";
import { takeForOwn } from "@/lib/testing/process-database";
import { drawHolder, drawMeanwhile, drawProof, storeProviders } from "@/lib/testing/provider-worlds";
import { storedWorld } from "@/lib/testing/stored-world";
import { rounds, seedOfRun, tell } from "@/lib/testing/thorough";
import { makeWorld, storeWorld, type World } from "@/lib/testing/worlds";

const seed = seedOfRun();
const worlds = rounds(40, 2_500);
const signIns = 5;

class Rollback extends Error {}

const counted = { signIns: 0, created: 0, changed: 0, joined: 0, left: 0, gains: 0, refused: 0 };

test(`R8, R13, I3: nothing that comes through a provider exceeds its ceiling and its owner, ${worlds} random worlds, seed ${seed}`, async () => {
  await withFreshDatabase("provider_worlds", async (db) => {
    for (let number = 0; number < worlds; number++) await inWorld(db, seed + number);
  });
  tell("what comes through providers stays below ceiling and owner", { worlds, ...counted, seed });
  expect(counted.created).toBeGreaterThan(worlds / 10);
  expect(counted.changed).toBeGreaterThan(worlds / 20);
  expect(counted.gains).toBeGreaterThan(worlds / 20);
}, 3_600_000);

/** In a transaction that the process takes for its database, and that is rolled back. */
async function inWorld(db: Db, worldSeed: number): Promise<void> {
  const random = randomFrom(worldSeed);
  const drawn = makeWorld(random);
  drawHolder(drawn, random);
  const run = db.transaction(async (tx) => {
    takeForOwn(tx);
    await storeWorld(tx, drawn);
    const providers = await storeProviders(tx, drawn, random);
    let world = await storedWorld(tx, drawn.now);
    for (let number = 0; number < signIns; number++) {
      const { id } = random.pick(providers);
      const [provider] = await tx.select().from(identityProviders).where(eq(identityProviders.id, id));
      if (!provider) throw new Error("The provider is gone");
      const told = `World ${worldSeed}, sign-in ${number} through ${provider.slug}`;
      await signInOnce(tx, { world, provider, told }, random);
      world = await storedWorld(tx, await drawMeanwhile(tx, { world, provider }, random));
    }
    throw new Rollback();
  });
  await run.catch((error) => {
    if (!(error instanceof Rollback)) throw error;
  });
}

type Situation = { world: World; provider: ProviderRow; told: string };

async function signInOnce(tx: Tx, { world: before, provider, told }: Situation, random: Random): Promise<void> {
  const [accounts, proof] = [await accountsOf(tx), await drawProof(tx, provider, random)];
  const visitor = createContext(tx, nobody, { now: () => before.now });
  const come = await signInThrough(visitor, provider, { proof, device: null }).catch((error: unknown) => {
    if (error instanceof ProviderRefusal) return null;
    throw new Error(`${told}: ${error instanceof Error ? error.message : error}`, { cause: error });
  });
  counted.signIns += 1;
  if (!come) counted.refused += 1;
  const after = await storedWorld(tx, before.now);
  const most = mostOf(before, provider);
  expect(
    gainsOf(before, after).filter(({ held }) => !within(most, held)),
    `${told}: R8`,
  ).toEqual([]);
  expect(
    reachGained(before, after).filter(({ held }) => !within(most, held)),
    `${told}: R14`,
  ).toEqual([]);
  expect(await forbiddenTo(tx, { before, provider, most, accounts }), `${told}: R13, I5`).toEqual([]);
}

/** What the provider may cause anybody to hold: what its owner holds at that moment, and its ceiling carries. */
type Most = { owner: Held[]; ceiling: Held[] };

const forEver = Number.POSITIVE_INFINITY;

function mostOf(world: World, { state, ownerId, ceilingRoleIds }: ProviderRow): Most {
  const owner = world.people.find(({ id }) => id === ownerId);
  const acts = state === "enabled" && owner !== undefined && isInForce(owner, world.now);
  const own = carriedKeys.filter((key) => operationOf(key).scopes.includes("self"));
  const carried = world.roles
    .filter(({ id }) => ceilingRoleIds.includes(id))
    .flatMap(({ admin, operations }) =>
      admin
        ? carriedKeys.map((operation) => ({ operation, scope: operationOf(operation).scopes[0] ?? "self" }))
        : operations,
    );
  return {
    owner: acts ? heldBy(world, owner.id) : [],
    ceiling: [...own.map((operation) => ({ operation, scope: "self" as const })), ...carried].map((held) => ({
      ...held,
      until: forEver,
    })),
  };
}

const within = ({ owner, ceiling }: Most, held: Held) =>
  !takesEverything(held.operation) && covers(owner, held) && covers(ceiling, held);

type Gain = { person: string; held: Held };

/** What people hold afterwards beyond what they held before, at the same scope or for everyone, for as long. */
function gainsOf(before: World, after: World): Gain[] {
  const gains = after.people.flatMap(({ id, username }) => {
    const had = heldBy(before, id);
    const kept = (held: Held) =>
      had.some(
        (one) =>
          (one.scope === "all" || one.scope === held.scope) &&
          one.operation === held.operation &&
          one.until >= held.until,
      ) || covers(had, held);
    return heldBy(after, id)
      .filter((held) => !kept(held))
      .map((held) => ({ person: username, held }));
  });
  counted.gains += gains.length;
  return gains;
}

/** What owners of groups may use on a person who has signed in (R14): it has to be held for everyone. */
function reachGained(before: World, after: World): Gain[] {
  return after.groups.flatMap((group) => {
    const inside = before.groups.find(({ id }) => id === group.id)?.members ?? [];
    const { ownerId } = group;
    if (ownerId === null) return [];
    const come = group.members.filter(
      ({ userId, endsAt }) => !inside.some((one) => one.userId === userId && lasts(one.endsAt, endsAt)),
    );
    counted.joined += come.length;
    return come.flatMap(({ endsAt }) =>
      heldBy(before, ownerId)
        .filter(({ operation, scope }) => scope === "owned_groups" && reachesPeople(operation))
        .map(({ operation, until }) => ({
          person: `owner of ${group.name}`,
          held: { operation, scope: "all" as const, until: Math.min(until, endsAt?.getTime() ?? forEver) },
        })),
    );
  });
}

const lasts = (end: Date | null, until: Date | null) => end === null || (until !== null && end >= until);

type Account = { user: typeof users.$inferSelect; roles: unknown[]; memberships: Membership[] };
type Membership = typeof groupMembers.$inferSelect;

async function accountsOf(tx: Tx): Promise<Map<string, Account>> {
  const { userId, roleId, endsAt } = userRoles;
  const roles = await tx.select({ userId, roleId, endsAt }).from(userRoles).orderBy(roleId);
  const memberships = await tx.select().from(groupMembers).orderBy(groupMembers.groupId);
  const rows = await tx.select().from(users);
  const of = <T extends { userId: string }>(list: T[], id: string) => list.filter(({ userId }) => userId === id);
  return new Map(
    rows.map((user) => [user.id, { user, roles: of(roles, user.id), memberships: of(memberships, user.id) }]),
  );
}

type Asked = { before: World; provider: ProviderRow; most: Most; accounts: Map<string, Account> };

/**
 * What has been changed of accounts that were there, and may not be: fields of another configuration, memberships of people whom it
 * does not know, or either of people with more (R13).
 */
async function forbiddenTo(tx: Tx, { before, provider, most, accounts }: Asked): Promise<string[]> {
  const now = await accountsOf(tx);
  const linked = await tx.select().from(identities).where(eq(identities.providerId, provider.id));
  const known = new Set(linked.map(({ userId }) => userId));
  counted.created += now.size - accounts.size;
  return [...accounts].flatMap(([id, account]) => {
    const later = now.get(id);
    if (!later) return [`${account.user.username} is gone`];
    const named = JSON.stringify(namesOf(account)) !== JSON.stringify(namesOf(later));
    const [come, gone] = [membersLess(later, account), membersLess(account, later)];
    counted.changed += named ? 1 : 0;
    counted.left += gone.length;
    const wrong = [];
    if (JSON.stringify(fixedOf(account)) !== JSON.stringify(fixedOf(later))) wrong.push("another field");
    if (gone.some(({ providerId }) => providerId !== provider.id)) wrong.push("a membership that it had not given");
    if (account.user.configuration !== provider.slug && named) wrong.push("is not its own");
    if (!known.has(id) && come.length + gone.length > 0) wrong.push("is not known by it");
    // Nobody is more powerful than themselves: the account of its owner is as near to it as to the owner.
    const more = id !== provider.ownerId && heldBy(before, id).some((held) => !within(most, held));
    if (more && (named || come.length > 0)) wrong.push("holds more than it");
    return wrong.map((what) => `${account.user.username}: ${what}`);
  });
}

const namesOf = ({ user }: Account) => [user.email, user.firstName, user.lastName];

/** What no sign-in through a provider changes; people who were invited have come. */
const fixedOf = ({ user, roles }: Account) => [
  ...[user.username, user.configuration, user.primaryRoleId, user.managerId, user.accessEndsAt],
  ...[user.status === "invited" ? "active" : user.status, roles],
];

const membersLess = (one: Account, other: Account) =>
  one.memberships.filter(
    (membership) =>
      !other.memberships.some(
        ({ groupId, endsAt }) => groupId === membership.groupId && lasts(endsAt, membership.endsAt),
      ),
  );
