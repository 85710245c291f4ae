import { inArray, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { above, below, isBelow } from "@/db/places";
import { places, users } from "@/db/schema";
import { randomFrom } from "@/db/seed/random";
import { postgresFault } from "@/lib/errors";
import { checkPlaces } from "@/lib/organisation/keep-places";
import { checkManager } from "@/lib/people/placement";
import { asOperator, makeUser, rolledBack } from "@/lib/testing/database";
import { loadPreset } from "@/lib/testing/presets";
import { rounds, seedOfRun, tell } from "@/lib/testing/thorough";

const often = rounds(60, 2_000);
const seed = seedOfRun();

type Manager = Map<string, string | null>;

/** The same by walking up from manager to manager. */
function walkedAbove(managerOf: Manager, id: string): string[] {
  const found: string[] = [];
  for (let at = managerOf.get(id) ?? null; at !== null; at = managerOf.get(at) ?? null) found.push(at);
  return found;
}

async function compare(tx: Tx, managerOf: Manager) {
  const ids = [...managerOf.keys()];
  const walked = new Map(ids.map((id) => [id, walkedAbove(managerOf, id)]));
  for (const id of ids) {
    const led = await tx.execute<{ user_id: string }>(below(id));
    const expected = ids.filter((other) => walked.get(other)?.includes(id));
    expect(led.map(({ user_id }) => user_id).sort()).toEqual(expected.sort());
    const chain = await tx.execute<{ user_id: string }>(
      sql`select user_id from (${above(sql`select ${id}::uuid`)}) above order by steps`,
    );
    expect(chain.map(({ user_id }) => user_id)).toEqual(walked.get(id));
  }
  const [one = "", other = ""] = ids;
  const [row] = await tx.execute<{ is: boolean }>(sql`select ${isBelow(one, other)} as is`);
  expect(row?.is).toBe(walked.get(one)?.includes(other));
  expect([...(await tx.execute(sql`select misplaced()`))]).toEqual([]);
}

const withRoles = (work: (tx: Tx) => Promise<void>) =>
  rolledBack(async (tx) => {
    await loadPreset(tx);
    await work(tx);
  });

const place = (tx: Tx, id: string, managerId: string | null) =>
  tx
    .update(users)
    .set({ managerId })
    .where(inArray(users.id, [id]));

test(
  `places say what walking from manager to manager says, whatever moves: ${often} moves, seed ${seed}`,
  () =>
    withRoles(async (tx) => {
      const random = randomFrom(seed);
      const managerOf: Manager = new Map();
      const pick = () => random.pick([...managerOf.keys()]);
      const done = { moves: 0, rings: 0, newcomers: 0, erased: 0 };
      for (let n = 0; n < 14; n++) {
        const managerId = managerOf.size === 0 || random.chance(0.25) ? null : pick();
        managerOf.set((await makeUser(tx, { managerId })).id, managerId);
      }
      await compare(tx, managerOf);
      for (let move = 0; move < often; move++) {
        const [id, managerId] = [pick(), random.chance(0.15) ? null : pick()];
        const kind = random.between(0, 9);
        if (kind === 0 && managerOf.size > 8) {
          await tx.delete(users).where(inArray(users.id, [id]));
          managerOf.delete(id);
          for (const [led, manager] of managerOf) if (manager === id) managerOf.set(led, null);
          done.erased += 1;
        } else if (kind < 3 && managerOf.size < 20) {
          managerOf.set((await makeUser(tx, { managerId })).id, managerId);
          done.newcomers += 1;
        } else {
          const rings = managerId !== null && (managerId === id || walkedAbove(managerOf, managerId).includes(id));
          const moved = tx.transaction((inner) => place(inner as Tx, id, managerId));
          if (rings) {
            const fault = await moved.catch((error: unknown) => postgresFault(error)?.code);
            expect(fault).toBe("23514");
            done.rings += 1;
          } else {
            await moved;
            managerOf.set(id, managerId);
            done.moves += 1;
          }
        }
        if (move % 5 === 0) await compare(tx, managerOf);
      }
      await compare(tx, managerOf);
      tell("places", { ...done, seed });
    }),
  1_800_000,
);

test("reports that are stored before their manager are below them, in one statement", () =>
  withRoles(async (tx) => {
    const boss = await makeUser(tx);
    const [first, second, third] = await Promise.all([makeUser(tx), makeUser(tx), makeUser(tx)]);
    const rows = await tx
      .select()
      .from(users)
      .where(inArray(users.id, [first.id, second.id, third.id]));
    await tx.delete(users).where(inArray(users.id, [first.id, second.id, third.id]));
    const managers = new Map([
      [first.id, second.id],
      [second.id, third.id],
      [third.id, boss.id],
    ]);
    const ordered = [first, second, third].map(({ id }) => rows.find((row) => row.id === id)!);
    await tx.insert(users).values(ordered.map((row) => ({ ...row, managerId: managers.get(row.id) ?? null })));
    await compare(tx, new Map([[boss.id, null], ...managers]));
  }));

test("people who are moved in one statement may trade places, in any order of their rows", () =>
  withRoles(async (tx) => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const people = [await makeUser(tx), await makeUser(tx), await makeUser(tx)];
      const [first, second, third] = order.map((at) => people[at]!.id) as [string, string, string];
      const under = await makeUser(tx, { managerId: third });
      const together = async (managers: [string, string | null][]) => {
        const given = sql.join(
          managers.map(([id, managerId]) => sql`(${id}::uuid, ${managerId}::uuid)`),
          sql`, `,
        );
        await tx.execute(
          sql`update users set manager_id = given.manager_id from (values ${given}) given (id, manager_id) where users.id = given.id`,
        );
        await compare(tx, new Map([...managers, [under.id, third]]));
      };
      await together([
        [first, null],
        [second, first],
        [third, second],
      ]);
      await together([
        [first, second],
        [second, third],
        [third, null],
      ]);
      const ring = tx.transaction((inner) =>
        inner.execute(
          sql`update users set manager_id = case id when ${third}::uuid then ${second}::uuid else ${first}::uuid end
               where id in (${second}, ${third})`,
        ),
      );
      expect(await ring.catch((error: unknown) => postgresFault(error)?.code)).toBe("23514");
    }
  }));

test("so many can be above one another, and no more", () =>
  withRoles(async (tx) => {
    const chain = [await makeUser(tx)];
    while (chain.length < 200) chain.push(await makeUser(tx, { managerId: chain.at(-1)?.id ?? null }));
    const [last, before, newcomer] = [chain[199]!, chain[198]!, await makeUser(tx)];
    const ctx = asOperator(tx);
    const under = "would have more than 200 levels";
    await checkManager(ctx, tx, [newcomer.id], before.id);
    await expect(checkManager(ctx, tx, [newcomer.id], last.id)).rejects.toMatchObject({
      fields: { managerId: expect.stringContaining(under) },
    });
    await expect(checkManager(ctx, tx, [], last.id)).rejects.toMatchObject({ code: "invalid" });
    await place(tx, last.id, newcomer.id);
    await expect(checkManager(ctx, tx, [newcomer.id], before.id)).rejects.toMatchObject({ code: "invalid" });
  }));

test("what was stored past the triggers is found and made right", () =>
  withRoles(async (tx) => {
    const [top, low] = [await makeUser(tx), await makeUser(tx)];
    await tx.execute(sql`set local session_replication_role = replica`);
    await place(tx, low.id, top.id);
    const stranger = await makeUser(tx, { managerId: low.id });
    await tx.execute(sql`set local session_replication_role = origin`);
    expect(await checkPlaces(tx)).toBe(2);
    expect(await checkPlaces(tx)).toBe(0);
    await compare(
      tx,
      new Map([
        [top.id, null],
        [low.id, top.id],
        [stranger.id, low.id],
      ]),
    );
  }));

test("built again, they are the same organisation, and a ring from before is cut once", () =>
  withRoles(async (tx) => {
    const [top, a, b, c, under] = [
      await makeUser(tx),
      await makeUser(tx),
      await makeUser(tx),
      await makeUser(tx),
      await makeUser(tx),
    ];
    await place(tx, under.id, c.id);
    await tx.execute(sql`set local session_replication_role = replica`);
    await place(tx, a.id, b.id);
    await place(tx, b.id, c.id);
    await place(tx, c.id, a.id);
    await tx.execute(sql`set local session_replication_role = origin`);
    await tx.execute(sql`select fill_places()`);
    expect([...(await tx.execute(sql`select misplaced()`))]).toEqual([]);
    const found = await tx.select().from(places);
    expect(found).toHaveLength(5);
    expect(found.filter(({ path }) => path.length === 8)).toHaveLength(2);
    const [cut] = found.filter(({ userId, path }) => path.length === 8 && userId !== top.id);
    await place(tx, cut?.userId ?? "", top.id);
    expect([...(await tx.execute(sql`select misplaced()`))]).toEqual([]);
    const led = await tx.execute(below(top.id));
    expect(led).toHaveLength(4);
  }));
