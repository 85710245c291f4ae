import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { scopes } from "@/db/enums";
import { groupMembers, groups, users } from "@/db/schema";
import { randomFrom } from "@/db/seed/random";
import { personActor } from "@/lib/auth/person";
import { decideByScope } from "@/lib/authz/evaluate";
import type { Scope } from "@/lib/authz/model";
import { relate, within } from "@/lib/authz/relation";
import { createContext } from "@/lib/context";
import { accessWith, role } from "@/lib/testing/access";
import { makeUser, rolledBack } from "@/lib/testing/database";
import { loadPreset } from "@/lib/testing/presets";
import { seedOfRun } from "@/lib/testing/thorough";

const seed = seedOfRun();
const random = randomFrom(seed);
const now = new Date("2026-11-20T09:00:00Z");

/** A company whose tree, groups and ends are drawn by lot. */
async function world(tx: Tx) {
  const ids: string[] = [];
  for (let person = 0; person < 12; person++) {
    const managerId = ids.length > 0 && random.chance(0.8) ? random.pick(ids) : null;
    ids.push((await makeUser(tx, { managerId })).id);
  }
  const ends = [null, new Date(now.getTime() - 1), now, new Date(now.getTime() + 1)];
  for (let number = 0; number < 4; number++) {
    const [group] = await tx
      .insert(groups)
      .values({ name: `g${number}`, nameKey: `g${number}`, ownerId: random.pick([null, ...ids.slice(0, 4)]) })
      .returning();
    const members = new Set(ids.filter((id) => random.chance(id === group?.ownerId ? 0.6 : 0.3)));
    for (const userId of members)
      await tx.insert(groupMembers).values({ groupId: group!.id, userId, endsAt: random.pick(ends) });
  }
  return ids;
}

const sets = scopes.flatMap((first) => scopes.map((second) => [...new Set<Scope>([first, second])]));

test(`the people in a list are those about whom the decision says yes (R11), 10 companies, seed ${seed}`, async () => {
  for (let round = 0; round < 10; round++)
    await rolledBack(async (tx) => {
      await loadPreset(tx);
      const ids = await world(tx);
      const actorId = random.pick(ids.slice(0, 4));
      const relations = new Map<string, Awaited<ReturnType<typeof relate>>>();
      for (const id of ids) relations.set(id, await relate(tx, actorId, id, now));
      for (const held of sets) {
        const operations = held.map((scope) => ({ operation: "client.manage", scope }));
        const access = { ...accessWith(role({ operations })), personId: actorId };
        const actor = personActor({ id: actorId, sessionId: null, access });
        const ctx = createContext(tx, actor, { now: () => now });
        for (const operation of ["client.manage", "client.reprovision"] as const) {
          const listed = await tx
            .select({ id: users.id })
            .from(users)
            .where(within(ctx, operation, users.id));
          const decided = ids.filter((id) => decideByScope(access, operation, relations.get(id)!).allowed);
          expect(new Set(listed.map(({ id }) => id)), held.join(" and ")).toEqual(new Set(decided));
        }
        expect(await tx.$count(users, within(ctx, "user.read", users.id))).toBe(0);
      }
    });
}, 120_000);
