import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createDb, type Db } from "@/db/client";
import { migrate } from "@/db/migrate";
import { events, groupRoles, groups } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { createGroup } from "@/lib/groups/commands/create";
import { updateGroup, updateGroupRoles } from "@/lib/groups/commands/update";
import { company } from "@/lib/testing/company";
import { as, roleNamed } from "@/lib/testing/database";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/databases";

/** Two processes on one database, as far as PostgreSQL can tell. */
let database: TestDatabase;
let here: Db;
let there: Db;
let ada: { id: string };

beforeAll(async () => {
  database = await createTestDatabase(inject("databaseUrl"), `gatehouse_group_races_${process.pid}`);
  await migrate(database.url);
  here = createDb(database.url, { max: 2 });
  there = createDb(database.url, { max: 2 });
  ({ ada } = await company(here));
});

afterAll(async () => {
  await here.$client.end();
  await there.$client.end();
  await database.drop();
});

const refusals = (answers: PromiseSettledResult<unknown>[]) =>
  answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason as AppError] : []));

test("of two groups of one name made at the same moment one is refused at the field", async () => {
  for (let round = 0; round < 10; round++) {
    const draft = (name: string) => ({ name, description: "", ownerId: null, roles: [] });
    const answers = await Promise.allSettled([
      createGroup(await as(here, ada), draft(`Race ${round}`)),
      createGroup(await as(there, ada), draft(`RACE ${round}`)),
    ]);
    const [refusal, ...more] = refusals(answers);
    expect(more).toEqual([]);
    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({ code: "invalid", fields: { name: expect.stringMatching(/already in use/) } });
    expect(await here.$count(groups, eq(groups.nameKey, `race ${round}`))).toBe(1);
  }
  expect(await here.$count(events, eq(events.outcome, "refused"))).toBe(10);
}, 60_000);

test("of two edits of one group made at the same moment the second is told so, and one event tells the first (U9)", async () => {
  const auditor = await roleNamed(here, "Auditor");
  for (let round = 0; round < 10; round++) {
    const name = `Edited ${round}`;
    const { id } = await createGroup(await as(here, ada), { name, description: "", ownerId: null, roles: [] });
    const answers = await Promise.allSettled([
      updateGroup(await as(here, ada), { id, version: 1, name, description: "Changed.", ownerId: null }),
      updateGroupRoles(await as(there, ada), { id, version: 1, roles: [{ roleId: auditor.id, endsAt: null }] }),
    ]);
    expect(refusals(answers).map(({ code }) => code)).toEqual(["conflict"]);
    const [stored] = await here.select().from(groups).where(eq(groups.id, id));
    const carried = await here.$count(groupRoles, eq(groupRoles.groupId, id));
    expect([stored?.version, stored?.description === "" ? carried : carried + 1]).toEqual([2, 1]);
  }
}, 60_000);
