import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { newId } from "@/db/columns";
import { groupMembers, groups, users } from "@/db/schema";
import { makeUser } from "@/lib/testing/database";
import { twoProcesses } from "@/lib/testing/fresh-database";
import { loadPreset } from "@/lib/testing/presets";

const [here, there] = twoProcesses("person_keys");
const groupId = newId();

beforeAll(async () => {
  await loadPreset(here);
  await here.insert(groups).values({ id: groupId, name: "Staff", nameKey: "staff" });
});

const join = (userId: string) => ({ groupId, userId });
const rename = (nameKey: string) => ({ nameKey });
const copied = async (userId: string) =>
  (await here.select().from(groupMembers).where(eq(groupMembers.userId, userId))).map((row) => row.personNameKey);

test("who joins a group while they are renamed is listed by the new name", async () => {
  const { id } = await makeUser(here);
  let joined: Promise<unknown> = Promise.resolve();
  await here.transaction(async (tx) => {
    await tx.update(users).set(rename("renamed")).where(eq(users.id, id));
    joined = there.insert(groupMembers).values(join(id)).then();
    await waiting();
  });
  await joined;
  expect(await copied(id)).toEqual(["renamed"]);
});

test("who is renamed while they join a group is listed by the new name", async () => {
  const { id } = await makeUser(here);
  let renamed: Promise<unknown> = Promise.resolve();
  await here.transaction(async (tx) => {
    await tx.insert(groupMembers).values(join(id));
    renamed = there.update(users).set(rename("renamed")).where(eq(users.id, id)).then();
    await waiting();
  });
  await renamed;
  expect(await copied(id)).toEqual(["renamed"]);
});

test("what was written past the triggers is mended, and nothing else is touched", async () => {
  const { id } = await makeUser(here, { roles: ["Auditor"] });
  await here.insert(groupMembers).values(join(id));
  const mend = async () => {
    const [row] = await here.execute<{ rows: string }>(sql`select fill_person_keys() as rows`);
    return Number(row?.rows);
  };
  expect(await mend()).toBe(0);
  await here.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.update(users).set(rename("past the triggers")).where(eq(users.id, id));
  });
  expect(await mend()).toBe(2);
  expect(await copied(id)).toEqual(["past the triggers"]);
  expect(await mend()).toBe(0);
});

/** Until one of the two waits for the other. */
async function waiting(): Promise<void> {
  const [row] = await there.execute<{ waits: boolean }>(
    sql`select exists(select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as waits`,
  );
  if (!row?.waits) await waiting();
}
