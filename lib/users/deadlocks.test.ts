import { and, eq, inArray, isNull, notInArray, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import type { Db, Tx } from "@/db/client";
import {
  clients,
  groupMembers,
  groups,
  identityProviders,
  roles,
  sessions,
  usedLogoutTokens,
  users,
} from "@/db/schema";
import { randomFrom } from "@/db/seed/random";
import { someAdministrators } from "@/lib/authz/administrators";
import { deregisterClient } from "@/lib/clients/commands";
import { type Ctx, createContext } from "@/lib/context";
import { AppError, postgresFault } from "@/lib/errors";
import { addMember } from "@/lib/groups/commands/add-member";
import { deleteGroup } from "@/lib/groups/commands/delete";
import { removeMember } from "@/lib/groups/commands/remove-member";
import { updateGroup } from "@/lib/groups/commands/update";
import { asProvider, proofOfProvider } from "@/lib/identity-providers/actor";
import { joinGroups, leaveGroups } from "@/lib/identity-providers/commands/groups";
import { syncUser } from "@/lib/identity-providers/commands/provision";
import type { ProviderRow } from "@/lib/identity-providers/store";
import type { Command } from "@/lib/kernel/command";
import { runAll } from "@/lib/kernel/run-all";
import { endAllSessions, endOwnSession, endSession } from "@/lib/sessions/commands";
import { endByProvider } from "@/lib/sign-in/providers/logout";
import { beginSession } from "@/lib/sign-in/start-session";
import { as, asNobody, makeUser } from "@/lib/testing/database";
import { twoProcesses } from "@/lib/testing/fresh-database";
import { providerRow, storeProvider } from "@/lib/testing/identity-providers";
import { loadPreset } from "@/lib/testing/presets";
import { linked } from "@/lib/testing/provider-company";
import { rounds, seedOfRun, tell } from "@/lib/testing/thorough";
import { archiveUser } from "@/lib/users/commands/archive";
import { createUser } from "@/lib/users/commands/create";
import { disableUser, enableUser } from "@/lib/users/commands/disable";
import { purgeUser } from "@/lib/users/commands/purge";
import { restoreUser } from "@/lib/users/commands/restore";
import { unlockUser } from "@/lib/users/commands/unlock";
import { updateUser } from "@/lib/users/commands/update";
import { updateAccess } from "@/lib/users/commands/update-access";
import { storedForm } from "@/lib/users/conflict";

const seed = seedOfRun();
const random = randomFrom(seed);
const often = rounds(40, 2_000);
const [here, there] = twoProcesses("deadlocks");

type Person = typeof users.$inferSelect;
let administrators: Person[] = [];
const people: Person[] = [];
let groupIds: string[] = [];
/** Of the same people, at one that is owned by an administrator and may give every group. */
let provider: ProviderRow;
const identityOf = new Map<string, string>();

beforeAll(async () => {
  await loadPreset(here);
  const administrator = { primaryRole: "Quality Manager", roles: ["Admin"] };
  administrators = [await makeUser(here, administrator), await makeUser(here, administrator)];
  for (let count = 0; count < 3; count++) people.push(await makeUser(here, { primaryRole: "Quality Lead" }));
  provider = await providerOfPeople();
});

async function providerOfPeople(): Promise<ProviderRow> {
  const { id } = await storeProvider(here as unknown as Tx, "northwind", administrators[0]!.id);
  const ceilingRoleIds = (await here.select({ id: roles.id }).from(roles)).map((role) => role.id);
  await here.update(identityProviders).set({ state: "enabled", ceilingRoleIds });
  const row = await providerRow(here, id);
  for (const person of people) identityOf.set(person.id, (await linked(here, row, person, person.username)).id);
  return row;
}

/** As they were, with groups, sessions and clients of their own. */
async function reset() {
  const ids = people.map(({ id }) => id);
  await here
    .update(users)
    .set({
      status: "active",
      disabledUntil: null,
      statusBeforeArchive: null,
      statusBeforeDisable: null,
      lockedAt: null,
    })
    .where(inArray(users.id, ids));
  await here.delete(groups);
  const made = await here
    .insert(groups)
    .values(["One", "Two"].map((name) => ({ name, nameKey: name.toLowerCase(), ownerId: random.pick(ids) })))
    .returning();
  groupIds = made.map(({ id }) => id);
  const members = ids.filter(() => random.chance(0.6));
  const all = groupIds.flatMap((groupId) => members.map((userId) => ({ groupId, userId })));
  if (all.length > 0) await here.insert(groupMembers).values(all);
  await here.delete(sessions);
  await here.delete(usedLogoutTokens);
  const endsAt = new Date(Date.now() + 3_600_000);
  const one = { address: "192.0.2.1", agent: "Test", endsAt };
  await here.insert(sessions).values([...ids, ...ids].map((userId) => ({ userId, ...one })));
  await here.delete(clients);
  const token = { tokenPrefix: "gh", tokenLastFour: "0000", tokenExpiresAt: endsAt };
  await here
    .insert(clients)
    .values(ids.map((userId) => ({ userId, name: "c", nameKey: "c", status: "registered" as const, ...token })));
}

/** `through`: not as an administrator, but as what a provider brings. */
type Use = [command: Command<z.ZodType, unknown>, inputs: unknown[], through?: (db: Db) => Promise<Ctx>];

/** As `asProvider` makes it, at the process that asks. */
const asTheProvider = async (db: Db) =>
  createContext(db, (await asProvider(asNobody(db), provider)).actor, { source: asNobody(db).source });
const byItsProof = async (db: Db) => createContext(db, proofOfProvider(provider.id), { source: asNobody(db).source });

/** What a sign-in through a provider changes, as `signInThrough` asks for it. */
function broughtBySignIns(some: Person[]): Use[] {
  const known = some.map(({ id }) => ({ userId: id, identityId: identityOf.get(id)!, provider }));
  const moves = known.map((one) => ({ ...one, groupIds: groupIds.filter(() => random.chance(0.7)) }));
  const claims = { username: null, email: null, firstName: null, lastName: null, emailVerified: false };
  const proof = { sid: "sid", issuedAt: new Date(), idToken: null, provider, claims };
  const token = { jti: String(random.next()), issuedAt: new Date(0), endsAt: new Date(), sid: "sid", subject: null };
  const profile = { lastName: random.pick(["A", "B"]), email: `${random.pick(["x", "y"])}@example.com` };
  const uses: [unknown, unknown[], (db: Db) => Promise<Ctx>][] = [
    [joinGroups, moves, asTheProvider],
    [leaveGroups, moves, byItsProof],
    [syncUser, known.map((one) => ({ ...one, profile })), asTheProvider],
    [
      beginSession,
      known.map(({ userId, identityId: id }) => ({ userId, identity: { ...proof, id, subject: userId } })),
      async (db) => asNobody(db),
    ],
    [endByProvider, [{ provider, token }], byItsProof],
  ];
  return uses as Use[];
}

async function draw(): Promise<Use> {
  const some = [...people].sort(() => random.next() - 0.5).slice(0, random.between(1, 3));
  const group = random.pick(groupIds);
  const other = () => random.pick(people).id;
  const forms = await Promise.all(some.map(async ({ id }) => ({ id, ...(await storedForm(here, await rowOf(id))) })));
  const noPassword = { accessEndsAt: null, password: "", confirmPassword: "" };
  const details = forms.map(({ memberships: _, roleEnds: __, ...form }) => ({ ...form, ...noPassword }));
  const owned = await here.select().from(groups);
  const open = await here.select().from(sessions);
  const held = await here.select().from(clients);
  const handBack = random.chance(0.5) ? people.map(({ id }) => id) : [];
  const uses: [unknown, unknown[]][] = [
    [updateUser, details.map((form) => ({ ...form, lastName: random.pick(["A", "B"]) }))],
    [updateUser, details.map((form) => ({ ...form, managerId: other() }))],
    [
      updateUser,
      details.map((form) => ({ ...form, managerId: null, email: `${random.pick(["x", "y"])}@example.com` })),
    ],
    [
      updateAccess,
      forms.map(({ id, version }) => ({ id, version, roleEnds: [], memberships: [{ groupId: group, endsAt: null }] })),
    ],
    [disableUser, some.map(({ id }) => ({ id, reason: "test", until: null }))],
    [enableUser, some.map(({ id }) => ({ id }))],
    [unlockUser, some.map(({ id }) => ({ id }))],
    [
      archiveUser,
      some.map(({ id }) => ({
        id,
        managerId: random.chance(0.5) ? other() : null,
        owners: owned.filter(({ ownerId }) => ownerId === id).map((one) => ({ id: one.id, ownerId: other() })),
      })),
    ],
    [createUser, [newcomer(people[0]!, other())]],
    [purgeUser, (await leavers()).map(({ id, username }) => ({ id, username }))],
    [restoreUser, some.map(({ id }) => ({ id, handBack }))],
    [addMember, some.map(({ id }) => ({ groupId: random.pick(groupIds), userId: id, endsAt: null }))],
    [removeMember, some.map(({ id }) => ({ groupId: random.pick(groupIds), userId: id }))],
    [
      updateGroup,
      owned.map(({ id, version, name }) => ({
        id,
        version,
        name,
        description: random.pick(["a", "b"]),
        ownerId: other(),
      })),
    ],
    [deleteGroup, owned.slice(0, 1).map(({ id, version }) => ({ id, version }))],
    [endAllSessions, some.map(({ id }) => ({ userId: id }))],
    [endSession, open.slice(0, 3).map(({ id }) => ({ id }))],
    [endOwnSession, open.slice(0, 1).map(({ id }) => ({ id }))],
    [deregisterClient, held.map(({ id }) => ({ id })).reverse()],
  ];
  return random.pick([...(uses as Use[]), ...broughtBySignIns(some)]);
}

const newcomer = ({ primaryRoleId }: Person, managerId: string) => {
  const username = `new${random.between(0, 1_000_000)}`;
  const named = { username, email: `${username}@example.com`, firstName: "New", lastName: "", primaryRoleId };
  const none = { additionalRoleIds: [], groupIds: [groupIds[0]!], password: "", confirmPassword: "" };
  const invited = { credentials: "invite" as const, mustChangePassword: false, configuration: "default" as const };
  return { ...named, ...none, ...invited, managerId };
};

/** Those who were created in an earlier round, and removed since. */
async function leavers() {
  const kept = [...administrators, ...people].map(({ id }) => id);
  return here.update(users).set({ status: "archived", managerId: null }).where(notInArray(users.id, kept)).returning();
}

const rowOf = async (id: string) => (await here.select().from(users).where(eq(users.id, id)))[0]!;

const done = new Map<string, number>();

async function attempt(db: Db, actor: Person, [command, inputs, through]: Use, faults: string[]) {
  const settled = () => done.set(command.key, (done.get(command.key) ?? 0) + 1);
  const ctx: Ctx = await (through?.(db) ?? as(db, actor));
  const fault = (error: unknown) => {
    const code = postgresFault(error)?.code;
    // A group that was deleted at that moment is no ring: `collisionOf` words it.
    if (!(error instanceof AppError) && code !== "23503") faults.push(`${command.key}: ${code ?? String(error)}`);
  };
  // Sign-ins are no batch.
  if (!through && random.chance(0.5)) {
    for (const ended of await runAll(ctx, command, inputs)) ended.ok ? settled() : fault(ended.error);
    return;
  }
  for (const input of inputs) await command(ctx, input).then(settled, fault);
}

/** How many deadlocks PostgreSQL has broken in this database: a batch that meets one tries again, and does not say so. */
async function deadlocks() {
  await here.execute(sql`select pg_stat_force_next_flush()`);
  const [row] = await here.execute<{ deadlocks: number }>(
    sql`select deadlocks::int from pg_stat_database where datname = current_database()`,
  );
  return row!.deadlocks;
}

test(`changes of the same three people, alone and as batches, never wait in a ring: ${often} rounds, seed ${seed}`, async () => {
  const faults: string[] = [];
  const met: string[] = [];
  let before = await deadlocks();
  for (let round = 0; round < often; round++) {
    await reset();
    const drawn = [await draw(), await draw(), await draw(), await draw()];
    const actors = [administrators[0]!, administrators[1]!];
    await Promise.all(drawn.map((use, at) => attempt(at % 2 ? here : there, actors[at % 2]!, use, faults)));
    const now = await deadlocks();
    if (now > before) met.push(drawn.map(([command, inputs]) => `${command.key} ${inputs.length}`).join(", "));
    before = now;
  }
  expect((await someAdministrators(here, new Date())).length).toBe(2);
  tell("changes of three people at once", { rounds: often, kinds: done.size, "deadlocks met": met.length, seed });
  expect(done.size).toBeGreaterThan(8);
  const brought = ["identity.join_groups", "identity.leave_groups", "identity.update"].filter((key) => done.has(key));
  expect(brought, "what a provider brings was all refused").not.toEqual([]);
  expect({ faults, met }).toEqual({ faults: [], met: [] });
}, 3_600_000);

test(`two who end each other's sessions among others', as batches: ${often} rounds`, async () => {
  const [ada, olga] = administrators as [Person, Person];
  const before = await deadlocks();
  let [one, both] = [0, 0];
  for (let round = 0; round < often; round++) {
    await here.delete(sessions);
    const endsAt = new Date(Date.now() + 3_600_000);
    const owners = [...people, ada, olga, ...people].sort(() => random.next() - 0.5);
    const open = await here
      .insert(sessions)
      .values(owners.map(({ id: userId }) => ({ userId, address: "192.0.2.1", agent: "Test", endsAt })))
      .returning();
    const end = async (db: Db, actor: Person, other: Person) => {
      const sessionId = open.find(({ userId }) => userId === actor.id)!.id;
      const ctx = createContext(db, { ...(await as(db, actor)).actor, sessionId });
      const whose = [other, ...(actor === ada ? people.slice(0, 2) : people.slice(2))].sort(() => random.next() - 0.5);
      return runAll(
        ctx,
        endAllSessions,
        whose.map(({ id: userId }) => ({ userId })),
      );
    };
    const ended = await Promise.all([end(here, ada, olga), end(there, olga, ada)]);
    for (const each of ended.flat()) if (!each.ok) expect(each.error).toBeInstanceOf(AppError);
    const kept = await here
      .select()
      .from(sessions)
      .where(and(isNull(sessions.endedAt), inArray(sessions.userId, [ada.id, olga.id])));
    if (kept.length === 1) one++;
    else both++;
  }
  tell("two who end each other's sessions", { rounds: often, "one left": one, "none or both left": both, seed });
  expect(await deadlocks()).toBe(before);
  expect(one).toBeGreaterThan(often / 2);
}, 3_600_000);
