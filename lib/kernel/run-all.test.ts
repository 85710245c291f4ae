import { asc, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import { events, eventValues, groupMembers, groups, userRoles, users } from "@/db/schema";
import { type Random, randomFrom } from "@/db/seed/random";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { addMember } from "@/lib/groups/commands/add-member";
import { removeMember } from "@/lib/groups/commands/remove-member";
import type { Command } from "@/lib/kernel/command";
import { run } from "@/lib/kernel/run";
import { runAll } from "@/lib/kernel/run-all";
import { as, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { loadPreset } from "@/lib/testing/presets";
import { rounds, tell } from "@/lib/testing/thorough";
import { disableUser, enableUser } from "@/lib/users/commands/disable";
import { updateUser } from "@/lib/users/commands/update";
import { storedForm } from "@/lib/users/conflict";

const often = rounds(12, 200);
const seed = Date.now() % 1_000_000;
const now = new Date();

type Person = typeof users.$inferSelect;
type World = { actor: Person; people: Person[]; groupIds: string[]; roleIds: string[] };
type Drawn = { command: Command<z.ZodType, unknown>; inputs: unknown[] };

/** Ada, who may do everything, or Lee, who leads some of these people, owns a group, and may do less. */
async function makeWorld(tx: Tx, random: Random): Promise<World> {
  await loadPreset(tx);
  const ada = await makeUser(tx, { username: "ada", primaryRole: "Quality Manager", roles: ["Admin"] });
  const lee = await makeUser(tx, { username: "lee", primaryRole: "Quality Lead" });
  const people = [ada, lee];
  for (let number = 0; number < 12; number++) {
    const managerId = random.chance(0.7) ? random.pick(people.slice(1)).id : null;
    const status = random.pick(["active", "active", "disabled"] as const);
    people.push(await makeUser(tx, { username: `p${number}`, managerId: managerId ?? undefined, status }));
  }
  const roleIds = [(await roleNamed(tx, "Auditor")).id];
  const groupIds: string[] = [];
  for (const [name, ownerId] of [
    ["Lee's", lee.id],
    ["Nobody's", null],
  ] as const) {
    const [group] = await tx.insert(groups).values({ name, nameKey: name.toLowerCase(), ownerId }).returning();
    groupIds.push(group!.id);
    for (const person of people)
      if (random.chance(0.3)) await tx.insert(groupMembers).values({ groupId: group!.id, userId: person.id });
  }
  return { actor: random.chance(0.5) ? ada : lee, people, groupIds, roleIds };
}

/** Inputs of one command: good ones, ones that meet each other, and ones that are refused. */
async function draw(tx: Tx, random: Random, { people, groupIds, roleIds }: World): Promise<Drawn> {
  const count = random.between(2, 14);
  const each = <T>(make: (person: Person) => T | Promise<T>) =>
    Promise.all(Array.from({ length: count }, () => make(random.pick(people))));
  const unknown = "01900000-0000-7000-8000-00000000dead";
  const idOf = (person: Person) => (random.chance(0.05) ? unknown : person.id);
  const kinds: (() => Promise<[unknown, unknown[]]>)[] = [
    async () => [updateUser, await each((person) => editOf(tx, random, person, people, roleIds))],
    async () => [disableUser, await each((person) => ({ id: idOf(person), reason: "Left", until: null }))],
    async () => [enableUser, await each((person) => ({ id: idOf(person) }))],
    async () => [
      addMember,
      await each((person) => ({ groupId: random.pick(groupIds), userId: idOf(person), endsAt: null })),
    ],
    async () => [removeMember, await each((person) => ({ groupId: random.pick(groupIds), userId: idOf(person) }))],
  ];
  const [command, inputs] = await random.pick([kinds[0]!, ...kinds])();
  return { command: command as Drawn["command"], inputs };
}

async function editOf(tx: Tx, random: Random, person: Person, people: Person[], roleIds: string[]) {
  const { memberships: _, roleEnds: __, accessEndsAt: ___, ...form } = await storedForm(tx, person);
  const now = { id: person.id, ...form, accessEndsAt: null, password: "", confirmPassword: "" };
  if (random.chance(0.7)) return { ...now, lastName: random.pick(["Ash", "Birch", "Cedar"]) };
  return random.pick([
    { ...now, email: `${random.pick(["x", "y"])}@northwind.example` },
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
      const ctx = await as(inner, actor, () => now);
      const begin = inner.transaction.bind(inner);
      inner.transaction = (inside) => {
        transactions++;
        return begin(inside);
      };
      const answers = (await work(ctx)).map(plain);
      const stored = await inner.select().from(users).orderBy(asc(users.id));
      const told = await inner.select().from(events).leftJoin(eventValues, eq(eventValues.eventId, events.id));
      const operations = new Map(
        told.map(({ events: { id, operation, targetId } }) => [id, `${operation} ${targetId}`]),
      );
      found = {
        answers,
        users: stored.map(({ versionEventId, ...row }) => ({ ...row, by: operations.get(versionEventId ?? "") })),
        roles: (await inner.select().from(userRoles)).map((row) => JSON.stringify(row)).sort(),
        members: (await inner.select().from(groupMembers)).map((row) => JSON.stringify(row)).sort(),
        names: (await inner.execute(sql`select key, user_id from sign_in_names order by key`)).map((row) => ({
          ...row,
        })),
        events: told
          .filter(({ events: { id } }) => !before.has(id))
          .map(({ events: { id: _, commitments, ...event }, event_values }) => {
            const values = Object.entries(event_values?.values ?? {}).map(([path, { value }]) => [path, value]);
            return JSON.stringify([event, Object.keys(commitments).sort(), values.sort()]);
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

const plain = (ended: Ended) => {
  if (ended.ok) return ended;
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
      const together = await seen(tx, world.actor, (ctx) => runAll(ctx, command, inputs));
      expect(together.found, `${command.key} by ${world.actor.username}`).toEqual(singles.found);
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
  expect(shared).toBeLessThan(alone);
  expect(changed).toBeGreaterThan(often);
  expect(refused).toBeGreaterThan(often);
}, 300_000);
