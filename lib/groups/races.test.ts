import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test, vi } from "vitest";
import { events, groupMembers, groupRoles, groups, users } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { addMember } from "@/lib/groups/commands/add-member";
import { createGroup } from "@/lib/groups/commands/create";
import { deleteGroup } from "@/lib/groups/commands/delete";
import { updateGroup, updateGroupRoles } from "@/lib/groups/commands/update";
import { company } from "@/lib/testing/company";
import { as, makeUser, roleNamed } from "@/lib/testing/database";
import { twoProcesses } from "@/lib/testing/fresh-database";
import { rounds, tell } from "@/lib/testing/thorough";

const often = rounds(20, 1_000);
const [here, there] = twoProcesses("group_races");
let ada: { id: string };

beforeAll(async () => {
  ({ ada } = await company(here));
});

const refusals = (answers: PromiseSettledResult<unknown>[]) =>
  answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason as AppError] : []));

test(`of two groups of one name made at the same moment one is refused at the field, ${often} rounds`, async () => {
  for (let round = 0; round < often; round++) {
    const draft = (name: string) => ({ name, description: "", ownerId: null, roles: [] });
    const [ctxA, ctxB] = [await as(here, ada), await as(there, ada)];
    const answers = await Promise.allSettled([
      createGroup(ctxA, draft(`Race ${round}`)),
      createGroup(ctxB, draft(`RACE ${round}`)),
    ]);
    const [refusal, ...more] = refusals(answers);
    expect(more).toEqual([]);
    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({ code: "invalid", fields: { name: expect.stringMatching(/already in use/) } });
    expect(await here.$count(groups, eq(groups.nameKey, `race ${round}`))).toBe(1);
  }
  expect(await here.$count(events, eq(events.outcome, "refused"))).toBe(often);
  tell("two groups of one name", { rounds: often });
}, 600_000);

test(`of two edits of one group made at the same moment the second gets a conflict (U9), ${often} rounds`, async () => {
  const auditor = await roleNamed(here, "Auditor");
  for (let round = 0; round < often; round++) {
    const name = `Edited ${round}`;
    const { id } = await createGroup(await as(here, ada), { name, description: "", ownerId: null, roles: [] });
    const [ctxA, ctxB] = [await as(here, ada), await as(there, ada)];
    const answers = await Promise.allSettled([
      updateGroup(ctxA, { id, version: 1, name, description: "Changed.", ownerId: null }),
      updateGroupRoles(ctxB, { id, version: 1, roles: [{ roleId: auditor.id, endsAt: null }] }),
    ]);
    expect(refusals(answers).map(({ code }) => code)).toEqual(["conflict"]);
    const [stored] = await here.select().from(groups).where(eq(groups.id, id));
    const carried = await here.$count(groupRoles, eq(groupRoles.groupId, id));
    expect([stored?.version, stored?.description === "" ? carried : carried + 1]).toEqual([2, 1]);
  }
  tell("two edits of one group", { rounds: often });
}, 600_000);

/** Until so many statements of this database wait for a lock. */
const waiting = (least: number) =>
  vi.waitFor(
    async () => {
      const [row] = await here.execute<{ count: number }>(
        sql`select count(*)::int count from pg_stat_activity
             where datname = current_database() and wait_event_type = 'Lock'`,
      );
      expect(row?.count).toBe(least);
    },
    { timeout: 10_000, interval: 20 },
  );

test("somebody who joins a group while it is deleted, and is changed at once, does not wait in a ring with it", async () => {
  const [tina, ctx] = [await makeUser(here, { primaryRole: "Quality Engineer" }), await as(here, ada)];
  const { id } = await createGroup(ctx, { name: "Going", description: "", ownerId: null, roles: [] });
  let [deleted, moved]: Promise<unknown>[] = [];
  await there.transaction(async (tx) => {
    await tx.select().from(users).where(eq(users.id, tina.id)).for("no key update");
    await tx.select().from(groups).where(eq(groups.id, id)).for("no key update");
    await tx.insert(groupMembers).values({ groupId: id, userId: tina.id });
    deleted = deleteGroup(ctx, { id, version: 1 });
    await waiting(1);
    moved = addMember(await as(there, ada), { groupId: id, userId: tina.id, endsAt: new Date(Date.now() + 3_600_000) });
    await waiting(2);
  });
  expect(await deleted).toMatchObject({ members: 1 });
  for (const refusal of refusals(await Promise.allSettled([moved])))
    expect(refusal).toMatchObject({ code: "not_found" });
  expect(await here.$count(groups, eq(groups.id, id))).toBe(0);
});
