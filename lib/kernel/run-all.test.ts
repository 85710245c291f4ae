import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import type { Scope } from "@/db/enums";
import {
  clients,
  events,
  eventValues,
  groupMembers,
  groups,
  links,
  places,
  roleOperations,
  roles,
  sessions,
  userRoles,
  users,
} from "@/db/schema";
import { type Random, randomFrom } from "@/db/seed/random";
import { deregisterClient } from "@/lib/clients/commands";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { resetFactors } from "@/lib/factors/commands/reset";
import { addMember } from "@/lib/groups/commands/add-member";
import { deleteGroup } from "@/lib/groups/commands/delete";
import { removeMember } from "@/lib/groups/commands/remove-member";
import { updateGroup, updateGroupRoles } from "@/lib/groups/commands/update";
import { revokeInvitation, sendInvitation } from "@/lib/invitations/commands";
import type { Command } from "@/lib/kernel/command";
import { run } from "@/lib/kernel/run";
import { runAll } from "@/lib/kernel/run-all";
import { type OperationKey, operationOf } from "@/lib/operations";
import { revokeResetLink } from "@/lib/passwords/commands/revoke-link";
import { deleteRole } from "@/lib/roles/commands/delete";
import { endAllSessions, endSession } from "@/lib/sessions/commands";
import { updateSetting } from "@/lib/settings/commands";
import { as, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { loadPreset } from "@/lib/testing/presets";
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

const often = rounds(12, 200);
const seed = seedOfRun();
const now = new Date();

type Person = typeof users.$inferSelect;
type Things = { groups: string[]; roles: string[]; sessions: string[]; clients: string[] };
type World = { actor: Person; people: Person[]; things: Things };
type Drawn = { command: Command<z.ZodType, unknown>; inputs: unknown[] };

/** What Lee may do to the people below him and in his group, beside what a lead may. */
const lent: OperationKey[] = [
  ...(["user.update", "user.disable", "user.enable", "user.unlock", "user.archive", "user.restore"] as const),
  ...(["session.read", "session.end", "client.read", "client.manage", "group.remove_member"] as const),
  ...([
    "password.reset",
    "invitation.send",
    "invitation.revoke",
    "group.read",
    "group.add_member",
    "group.update",
  ] as const),
];

async function lend(tx: Tx, person: Person) {
  const [role] = await tx.insert(roles).values({ name: "Keeper", nameKey: "keeper", kind: "additional" }).returning();
  const held = lent.flatMap((operation) => {
    const { scopes }: { scopes: readonly Scope[] } = operationOf(operation);
    return (["reports", "owned_groups"] as const)
      .filter((scope) => scopes.includes(scope))
      .map((scope) => ({ roleId: role!.id, operation, scope }));
  });
  await tx.insert(roleOperations).values(held);
  await tx.insert(userRoles).values({ userId: person.id, roleId: role!.id });
}

/** Ada, who may do everything, or Lee, who leads some of these people, owns a group, and may do less. */
async function makeWorld(tx: Tx, random: Random): Promise<World> {
  await loadPreset(tx);
  const ada = await makeUser(tx, { username: "ada", primaryRole: "Quality Manager", roles: ["Admin"] });
  const lee = await makeUser(tx, { username: "lee", primaryRole: "Quality Lead" });
  await lend(tx, lee);
  const people = [ada, lee];
  for (let number = 0; number < 12; number++) {
    const managerId = random.chance(0.7) ? random.pick(people.slice(1)).id : null;
    const status = random.pick(["active", "active", "active", "disabled", "invited"] as const);
    const lockedAt = random.chance(0.3) ? now : null;
    people.push(await makeUser(tx, { username: `p${number}`, managerId: managerId ?? undefined, status, lockedAt }));
  }
  const things: Things = { groups: [], roles: [(await roleNamed(tx, "Auditor")).id], sessions: [], clients: [] };
  const owners = [
    ["Lee's", lee.id],
    ["Nobody's", null],
    ["Third", random.pick(people).id],
  ] as const;
  for (const [name, ownerId] of owners) {
    const [group] = await tx.insert(groups).values({ name, nameKey: name.toLowerCase(), ownerId }).returning();
    things.groups.push(group!.id);
    for (const person of people)
      if (random.chance(0.3)) await tx.insert(groupMembers).values({ groupId: group!.id, userId: person.id });
  }
  for (const { id: userId } of people) await addThings(tx, random, userId, things);
  const owned = await tx.select().from(groups);
  const quiet = people.slice(2).filter(({ id }) => !owned.some(({ ownerId }) => ownerId === id));
  for (const { id } of quiet)
    if (random.chance(0.25)) {
      const managerId = random.chance(0.5) ? lee.id : null;
      await archiveUser(await as(tx, ada, () => now), { id, owners: [], managerId });
    }
  return { actor: random.chance(0.4) ? ada : lee, people, things };
}

async function addThings(tx: Tx, random: Random, userId: string, things: Things) {
  for (let count = random.between(0, 2); count > 0; count--) {
    const [session] = await tx
      .insert(sessions)
      .values({ userId, address: "192.0.2.1", agent: "Test", endsAt: new Date(now.getTime() + 3_600_000) })
      .returning();
    things.sessions.push(session!.id);
    const token = { tokenPrefix: "gh", tokenLastFour: "0000", tokenExpiresAt: now };
    const [client] = await tx
      .insert(clients)
      .values({ userId, name: `c${count}`, nameKey: `c${count}`, status: "registered", ...token })
      .returning();
    things.clients.push(client!.id);
  }
  if (random.chance(0.3))
    await tx.insert(links).values({ purpose: "invitation", userId, hash: `hash of ${userId}`, expiresAt: now });
  if (random.chance(0.3))
    await tx.insert(links).values({ purpose: "password_reset", userId, hash: `reset of ${userId}`, expiresAt: now });
}

/** Inputs of one command: good ones, ones that meet each other, and ones that are refused. */
async function draw(tx: Tx, random: Random, { people, things }: World): Promise<Drawn> {
  const count = random.between(2, 14);
  const each = <T>(make: (person: Person) => T | Promise<T>) =>
    Promise.all(Array.from({ length: count }, () => make(random.pick(people))));
  const unknown = "01900000-0000-7000-8000-00000000dead";
  const idOf = (person: Person) => (random.chance(0.05) ? unknown : person.id);
  const one = (ids: string[]) => (ids.length === 0 || random.chance(0.05) ? unknown : random.pick(ids));
  const groupAndPerson = (person: Person) => ({ groupId: one(things.groups), userId: idOf(person) });
  const ids = async (): Promise<unknown[]> => each((person) => ({ id: idOf(person) }));
  const kinds: (() => Promise<[unknown, unknown[]]>)[] = [
    async () => [updateUser, await each((person) => editOf(tx, random, person, people, things.roles))],
    async () => [updateAccess, await each((person) => accessOf(tx, random, person))],
    async () => [disableUser, await each((person) => ({ id: idOf(person), reason: "Left", until: null }))],
    async () => [enableUser, await ids()],
    async () => [unlockUser, await ids()],
    async () => [
      archiveUser,
      await each((person) => ({
        id: idOf(person),
        owners: things.groups.filter(() => random.chance(0.5)).map((id) => ({ id, ownerId: random.pick(people).id })),
        managerId: random.chance(0.3) ? random.pick(people).id : null,
      })),
    ],
    async () => [archiveUser, await each((person) => ({ id: idOf(person), owners: [], managerId: null }))],
    async () => [
      restoreUser,
      await each((person) => ({ id: idOf(person), handBack: random.chance(0.2) ? [random.pick(people).id] : [] })),
    ],
    async () => [purgeUser, await each(({ id, username }) => ({ id, username }))],
    async () => [addMember, await each((person) => ({ ...groupAndPerson(person), endsAt: null }))],
    async () => [removeMember, await each(groupAndPerson)],
    async () => [endSession, await each(() => ({ id: one(things.sessions) }))],
    async () => [endAllSessions, await each((person) => ({ userId: idOf(person) }))],
    async () => [deregisterClient, await each(() => ({ id: one(things.clients) }))],
    async () => [sendInvitation, await ids()],
    async () => [revokeInvitation, await ids()],
    async () => [revokeResetLink, await ids()],
    async () => [resetFactors, await ids()],
    async () => [createUser, await each((person) => newcomer(random, person, people, things))],
    async () => [updateGroup, await each((person) => groupOf(random, things, person))],
    async () => [updateGroupRoles, await each(() => ({ id: one(things.groups), version: 1, roles: [] }))],
    async () => [deleteGroup, await each(() => ({ id: one(things.groups), version: 1 }))],
    async () => [deleteRole, await each(() => ({ id: one(things.roles) }))],
    async () => [updateSetting, await each(() => ({ key: "links.resetMinutes", value: random.pick([30, 40, 50]) }))],
  ];
  const [command, inputs] = await random.pick([kinds[0]!, ...kinds])();
  return { command: command as Drawn["command"], inputs };
}

/** Names that are free, that somebody has, or that two of a batch ask for. */
const newcomer = (random: Random, { email, primaryRoleId }: Person, people: Person[], things: Things) => {
  const name = `new${random.between(0, 30)}`;
  return {
    ...{ configuration: random.chance(0.95) ? "default" : "nowhere", firstName: name, lastName: "" },
    username: random.chance(0.9) ? name : random.pick(people).username,
    email: random.chance(0.9) ? `${name}@northwind.example` : email,
    primaryRoleId,
    additionalRoleIds: random.chance(0.3) ? things.roles : [],
    groupIds: things.groups.filter(() => random.chance(0.2)),
    managerId: random.chance(0.5) ? random.pick(people).id : null,
    ...{ credentials: "invite", password: "", confirmPassword: "", mustChangePassword: false },
  };
};

const groupOf = (random: Random, things: Things, person: Person) => ({
  id: random.pick(things.groups),
  version: random.pick([1, 1, 2]),
  name: random.pick(["Ash", "Birch", "Cedar"]),
  description: "",
  ownerId: random.chance(0.5) ? person.id : null,
});

async function accessOf(tx: Tx, random: Random, person: Person) {
  const form = await storedForm(tx, person);
  const dated = <T extends { endsAt: string | null }>(held: T) => ({
    ...held,
    endsAt: random.chance(0.2) ? new Date(now.getTime() + 86_400_000) : held.endsAt ? new Date(held.endsAt) : null,
  });
  return {
    id: person.id,
    version: random.chance(0.9) ? form.version : 7,
    memberships: form.memberships.filter(() => random.chance(0.7)).map(dated),
    roleEnds: form.roleEnds.map(dated),
  };
}

async function editOf(tx: Tx, random: Random, person: Person, people: Person[], roleIds: string[]) {
  const { memberships: _, roleEnds: __, accessEndsAt: ___, ...form } = await storedForm(tx, person);
  const now = { id: person.id, ...form, accessEndsAt: null, password: "", confirmPassword: "" };
  if (random.chance(0.6)) return { ...now, lastName: random.pick(["Ash", "Birch", "Cedar"]) };
  return random.pick([
    { ...now, email: `${random.pick(["x", "y"])}@northwind.example` },
    { ...now, email: random.pick(people).email },
    { ...now, managerId: random.pick(people).id },
    { ...now, managerId: null },
    { ...now, additionalRoleIds: roleIds },
    { ...now, version: 7 },
    { ...now, primaryRoleId: form.additionalRoleIds[0] ?? form.primaryRoleId },
  ]);
}

class Rollback extends Error {}

type Ended = { ok: true; value: unknown } | { ok: false; error: unknown };

/** Every answer, every row that a command can write, and every event, as they are once `work` is done. */
async function seen(tx: Tx, actor: Person, work: (ctx: Ctx) => Promise<Ended[]>) {
  let found: unknown;
  let transactions = 0;
  await tx
    .transaction(async (inner) => {
      const before = new Set((await inner.select({ id: events.id }).from(events)).map(({ id }) => id));
      const known = new Set((await inner.select({ id: users.id }).from(users)).map(({ id }) => id));
      const ctx = await as(inner, actor, () => now);
      const begin = inner.transaction.bind(inner);
      inner.transaction = (inside) => {
        transactions++;
        return begin(inside);
      };
      const ended = await work(ctx);
      const everybody = await inner
        .select({ id: users.id, username: users.username, path: places.path })
        .from(users)
        .innerJoin(places, eq(places.userId, users.id));
      const made = everybody.filter(({ id }) => !known.has(id));
      const told = await inner.select().from(events).leftJoin(eventValues, eq(eventValues.eventId, events.id));
      // Of who was refused there is an id that nobody has.
      const nobodys = told.flatMap(({ events: { id, operation, outcome, targetId } }) =>
        !before.has(id) && operation === "user.create" && outcome !== "succeeded" && targetId ? [targetId] : [],
      );
      const named = (text: string) =>
        made.reduce(
          (so, { id, username, path }) => so.replaceAll(id, username).replace(`"${path}"`, `"place of ${username}"`),
          nobodys.reduce((so, id) => so.replaceAll(id, "nobody"), text),
        );
      const answers = ended.map((one) => plain(one, named));
      const operations = new Map(
        told.map(({ events: { id, operation, targetId } }) => [id, named(`${operation} ${targetId}`)]),
      );
      found = {
        answers,
        stored: await everyRow(inner, operations, named),
        events: told
          .map(({ events: { id, commitments, ...event }, event_values }) => {
            const values = Object.entries(event_values?.values ?? {}).map(([path, { value }]) => [path, value]);
            const old = before.has(id) ? id : "";
            return named(JSON.stringify([old, event, Object.keys(commitments).sort(), values.sort()]));
          })
          .sort(),
      };
      throw new Rollback();
    })
    .catch((error) => {
      if (!(error instanceof Rollback)) throw error;
    });
  return { found, transactions };
}

/** What differs with every run: generated ids and secrets. */
const secrets = ["id", "hash", "content"];
const madeAnew: Record<string, string[]> = { links: secrets, mails: secrets, role_catalogue: ["version"] };

/** The rows of every table but the log's, in no order; the event that raised a version by what it says. */
async function everyRow(tx: Tx, operations: Map<string, string>, named: (text: string) => string) {
  const tables = await tx.execute<{ name: string }>(
    sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
         and relname not like 'event%'`,
  );
  const stored: Record<string, string[]> = {};
  for (const { name } of tables) {
    const rows = await tx.execute<{ row: Record<string, unknown> }>(
      sql`select to_jsonb(t) as row from ${sql.identifier(name)} t`,
    );
    stored[name] = rows
      .map(({ row }) => {
        const kept = Object.entries(row).filter(([column]) => !madeAnew[name]?.includes(column));
        return named(
          JSON.stringify(
            kept.map(([column, value]) => [
              column,
              column === "version_event_id" ? operations.get(String(value)) : value,
            ]),
          ),
        );
      })
      .sort();
  }
  return stored;
}

/** A link is made of chance. */
const plain = (ended: Ended, named: (text: string) => string) => {
  if (ended.ok) return { ok: true, value: named(JSON.stringify(ended.value) ?? "").replace(/[\w-]{43}/g, "token") };
  if (!(ended.error instanceof AppError)) throw ended.error;
  const { code, message, fields, details } = ended.error;
  return { code, message, fields, details };
};

test(`a batch gives what its inputs give one by one, with the same events: ${often} companies, seed ${seed}`, async () => {
  const random = randomFrom(seed);
  let [changed, refused, alone, shared] = [0, 0, 0, 0];
  for (let round = 0; round < often; round++)
    await rolledBack(async (tx) => {
      const world = await makeWorld(tx, random);
      const { command, inputs } = await draw(tx, random, world);
      const singles = await seen(tx, world.actor, async (ctx) => {
        const ended: Ended[] = [];
        for (const input of inputs)
          ended.push(
            await run(ctx, command, input).then(
              (value) => ({ ok: true, value }),
              (error: unknown) => ({ ok: false, error }),
            ),
          );
        changed += ended.filter(({ ok }) => ok).length;
        refused += ended.filter(({ ok }) => !ok).length;
        return ended;
      });
      const wave = [1, 2, 5, 250][round % 4];
      const together = await seen(tx, world.actor, (ctx) => runAll(ctx, command, inputs, wave));
      expect(together.found, `${command.key} by ${world.actor.username}, ${wave} at once`).toEqual(singles.found);
      alone += singles.transactions;
      shared += together.transactions;
    });
  tell("a batch and singles", {
    companies: often,
    changed,
    refused,
    "transactions alone": alone,
    "as a batch": shared,
  });
  if (often > 100) expect(shared).toBeLessThan(alone);
  expect(changed).toBeGreaterThan(often / 3);
  expect(refused).toBeGreaterThan(often);
}, 300_000);
