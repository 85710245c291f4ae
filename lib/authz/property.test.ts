import { beforeAll, describe, expect, test } from "vitest";
import type { Db, Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { users } from "@/db/schema";
import { type Random, randomFrom } from "@/db/seed/random";
import { evaluateQuestion, explain } from "@/lib/access/explain";
import { personActor } from "@/lib/auth/person";
import { authorize, authorizeAll } from "@/lib/authz/authorize";
import { within } from "@/lib/authz/relation";
import { takesOf } from "@/lib/authz/scope-words";
import { createContext } from "@/lib/context";
import { everythingKeys, type OperationKey, operationKeys, operationOf } from "@/lib/operations";
import { accessWith, role } from "@/lib/testing/access";
import { as } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { heldBy, isInForce, mayAtAll, mayOn, mayOnGroup, reaches } from "@/lib/testing/oracle";
import { previewAgrees, previewKinds } from "@/lib/testing/preview-proof";
import { rounds, seedOfRun, tell } from "@/lib/testing/thorough";
import { makeWorld, storeWorld, type World } from "@/lib/testing/worlds";
import { readUserFilters } from "@/lib/users/filters";
import { listUsers } from "@/lib/users/list";

const seed = seedOfRun();
const worlds = rounds(200, 10_000);
const lanes = 2;

class Rollback extends Error {}

type Proof = (tx: Tx, world: World, random: Random) => Promise<void>;

/** Every world in a transaction of its own that is rolled back. Each has a seed, so that it can be drawn again. */
async function inWorlds(name: string, proof: Proof) {
  let next = 0;
  const lane = (number: number) =>
    withFreshDatabase(`${name}_${number}`, async (db) => {
      while (next < worlds) await inWorld(db, seed + next++, proof);
    });
  await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
}

async function inWorld(db: Db, worldSeed: number, proof: Proof) {
  const random = randomFrom(worldSeed);
  const world = makeWorld(random);
  const run = db.transaction(async (tx) => {
    await storeWorld(tx, world);
    await proof(tx, world, random).catch((cause: unknown) => {
      throw new Error(`World ${worldSeed}: ${cause instanceof Error ? cause.message : cause}`, { cause });
    });
    throw new Rollback();
  });
  await run.catch((error) => {
    if (!(error instanceof Rollback)) throw error;
  });
}

const onPeople = operationKeys.filter((key) => operationOf(key).scopes.length > 0 && takesOf(key) === "person");
const onNobody = operationKeys.filter((key) => operationOf(key).scopes.length > 0 && takesOf(key) === "nobody");
const onGroups = operationKeys.filter((key) => takesOf(key) === "group");

describe(`random worlds, ${worlds} of them, seed ${seed}`, () => {
  beforeAll(() => expect(onPeople.length).toBeGreaterThan(15));

  test("enforcement is what the rules say, the list is a decision per person, and the explanation is enforcement", async () => {
    const counted = { decisions: 0, allowed: 0, explanations: 0, lists: 0, everything: 0 };
    await inWorlds("worlds", async (tx, world, random) => {
      const now = () => world.now;
      const actor = random.pick(world.people);
      const ctx = await as(tx, actor, now);
      const held = heldBy(world, actor.id).map(({ operation }) => operation);
      const interesting = onPeople.filter((key) => held.includes(key) || held.includes(operationOf(key).under ?? ""));
      const asked = [...new Set([random.pick(onPeople), ...interesting.slice(0, 3)])];
      const decided = new Map<OperationKey, Set<string>>(asked.map((key) => [key, new Set()]));
      const judged = await Promise.all(
        world.people.map(({ id }) => authorizeAll(ctx, tx, asked, { person: { id, name: "P" } })),
      );
      for (const [at, { id }] of world.people.entries())
        for (const key of asked) {
          counted.decisions += 1;
          const allowed = judged[at]?.[key].ok;
          expect([key, id, allowed]).toEqual([key, id, mayOn(world, actor.id, key, id)]);
          if (allowed) counted.allowed += 1;
          if (reaches(world, actor.id, key, id)) decided.get(key)?.add(id);
        }
      for (const key of asked) {
        counted.lists += 1;
        const listed = await tx
          .select({ id: users.id })
          .from(users)
          .where(within(ctx, key, users.id));
        expect([key, new Set(listed.map(({ id }) => id))]).toEqual([key, decided.get(key)]);
      }
      const { rows } = await listUsers(ctx, readUserFilters({}).filters);
      const living = world.people.filter(({ status }) => status !== "archived").map(({ id }) => id);
      const visible = living.filter((id) => mayOn(world, actor.id, "user.read", id));
      expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(visible));

      counted.explanations += 1;
      const on = random.pick(world.people);
      const viewer = createContext(tx, onlooker, { now });
      const key = random.pick(asked);
      const allowed = mayOn(world, actor.id, key, on.id);
      const question = { personId: actor.id, operation: key, onId: on.id };
      const { evaluation: found } = await evaluateQuestion(viewer, question);
      expect([key, found.decision.ok]).toEqual([key, allowed]);
      if (allowed || random.chance(0.1)) {
        const told = await explain(viewer, question);
        expect([key, told.decision.ok]).toEqual([key, allowed]);
        expect([key, told.outcome === "allowed"]).toEqual([key, allowed && isInForce(actor, world.now)]);
        expect(told.paths.length > 0).toBe(allowed);
      }
      for (const atAll of new Set([random.pick(onNobody), ...everythingKeys])) {
        const may = mayAtAll(world, actor.id, atAll);
        expect([atAll, (await authorize(ctx, tx, atAll, { person: null })).ok]).toEqual([atAll, may]);
        const answer = await evaluateQuestion(viewer, { personId: actor.id, operation: atAll });
        expect([atAll, answer.evaluation.decision.ok]).toEqual([atAll, may]);
        if (may && everythingKeys.includes(atAll)) counted.everything += 1;
      }
      for (const group of world.groups.slice(0, 1)) {
        const groupKey = random.pick(onGroups);
        const decision = await authorize(ctx, tx, groupKey, { person: null, ownerId: group.ownerId });
        const may = mayOnGroup(world, actor.id, groupKey, group.ownerId);
        expect([groupKey, decision.ok]).toEqual([groupKey, may]);
        const answer = await evaluateQuestion(viewer, { personId: actor.id, operation: groupKey, groupId: group.id });
        expect([groupKey, answer.evaluation.decision.ok]).toEqual([groupKey, may]);
      }
    });
    expect(counted.allowed).toBeGreaterThan(worlds / 2);
    expect(counted.everything).toBeGreaterThan(0);
    tell("explanation, list and enforcement agree", { worlds, ...counted, seed });
  }, 3_600_000);

  test("what a preview says is the difference after the commit, and nobody gives what they do not hold (R8, R9)", async () => {
    const counted = { saved: 0, refused: 0, changed: 0 };
    await inWorlds("previews", async (tx, world, random) => {
      const { outcome, lines } = await previewAgrees(tx, world, random);
      counted[outcome] += 1;
      if (lines > 0) counted.changed += 1;
    });
    expect(counted.changed).toBeGreaterThan(worlds / 20);
    tell("preview and difference after commit agree", { worlds, ...counted, kinds: previewKinds.length, seed });
  }, 3_600_000);
});

/** The viewer sees everybody and every group, and may change nothing. */
const onlookerId = newId();
const onlooker = personActor({
  id: onlookerId,
  sessionId: null,
  access: {
    ...accessWith(
      role({ operations: ["user.read", "group.read", "role.read"].map((operation) => ({ operation, scope: "all" })) }),
    ),
    personId: onlookerId,
  },
});
