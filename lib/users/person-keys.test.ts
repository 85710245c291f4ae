import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as joined } from "node:path";
import { eq, inArray, sql } from "drizzle-orm";
import { beforeAll, expect, inject, test } from "vitest";
import { createDb } from "@/db/client";
import { newId } from "@/db/columns";
import { migrate } from "@/db/migrate";
import { groupMembers, groups, users } from "@/db/schema";
import { makeUser } from "@/lib/testing/database";
import { createTestDatabase } from "@/lib/testing/databases";
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

test("of many who are changed at once the copies are written where these differ", async () => {
  const people = await Promise.all(Array.from({ length: 30 }, () => makeUser(here, { roles: ["Auditor"] })));
  const ids = people.map(({ id }) => id);
  await here.insert(groupMembers).values(ids.map(join));
  const work = await here.transaction(async (tx) => {
    const written = async (columns: Partial<typeof users.$inferInsert>) => {
      await tx.update(users).set(columns).where(inArray(users.id, ids));
      const [row] = await tx.execute<{ members: number; holders: number }>(sql`select
        pg_stat_get_xact_tuples_updated('group_members'::regclass)::int as members,
        pg_stat_get_xact_tuples_updated('user_roles'::regclass)::int as holders`);
      return row;
    };
    return [await written({ nameKey: "renamed" }), await written({ failedSignIns: 1, nameKey: "renamed" })];
  });
  expect(work).toEqual([
    { members: 30, holders: 30 },
    { members: 30, holders: 30 },
  ]);
  expect(await Promise.all(ids.map(copied))).toEqual(ids.map(() => ["renamed"]));
});

test("what a conflict writes is copied as well", async () => {
  const { id } = await makeUser(here);
  await here.insert(groupMembers).values(join(id));
  const [person] = await here.select().from(users).where(eq(users.id, id));
  if (!person) throw new Error("The person vanished");
  await here
    .insert(users)
    .values(person)
    .onConflictDoUpdate({ target: users.id, set: rename("by a conflict") });
  expect(await copied(id)).toEqual(["by a conflict"]);
});

test("what was written past the triggers is repaired, and nothing else is touched", async () => {
  const { id } = await makeUser(here, { roles: ["Auditor"] });
  await here.insert(groupMembers).values(join(id));
  const repair = async () => {
    const [row] = await here.execute<{ rows: string }>(sql`select fill_person_keys() as rows`);
    return Number(row?.rows);
  };
  expect(await repair()).toBe(0);
  await here.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.update(users).set(rename("past the triggers")).where(eq(users.id, id));
  });
  expect(await repair()).toBe(2);
  expect(await copied(id)).toEqual(["past the triggers"]);
  expect(await repair()).toBe(0);
});

/** Until one of the two waits for the other. */
async function waiting(): Promise<void> {
  const [row] = await there.execute<{ waits: boolean }>(
    sql`select exists(select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as waits`,
  );
  if (!row?.waits) await waiting();
}

test("an upgrade copies what is there", async () => {
  const folder = await mkdtemp(joined(tmpdir(), "migrations-"));
  const database = await createTestDatabase(inject("serverUrl"), `gatehouse_before_person_keys_${process.pid}`);
  const db = createDb(database.url, { max: 1 });
  try {
    await cp("db/migrations", folder, { recursive: true });
    const journal = joined(folder, "meta", "_journal.json");
    const { entries, ...rest } = JSON.parse(await readFile(journal, "utf8"));
    const before = entries.filter(({ tag }: { tag: string }) => tag < "0019");
    await writeFile(journal, JSON.stringify({ ...rest, entries: before }));
    await migrate(database.url, folder);
    await db.execute(sql`with role as (
        insert into roles (id, name, name_key, kind) values (gen_random_uuid(), 'Held', 'held', 'primary') returning id
      ), person as (
        insert into users (id, username, username_key, email, email_key, first_name, name_key, search, primary_role_id, status, last_sign_in_at)
        select gen_random_uuid(), name, name, name, name, name, name, ' ', role.id, status, at::timestamptz
          from role, (values ('ada', 'active', '2026-01-01'), ('zoe', 'archived', null)) p (name, status, at) returning id
      ), staff as (insert into groups (id, name, name_key) values (gen_random_uuid(), 'Staff', 'staff') returning id
      ), given as (insert into user_roles (user_id, role_id) select person.id, role.id from person, role)
      insert into group_members (group_id, user_id) select staff.id, person.id from staff, person`);
    await migrate(database.url);
    for (const table of ["group_members", "user_roles"]) {
      const copies = await db.execute(
        sql.raw(`select person_name_key as name, person_last_sign_in::text as at, person_role_id = u.primary_role_id as role, person_present as present
          from ${table} c join users u on u.id = c.user_id order by 1`),
      );
      expect([...copies]).toEqual([
        { name: "ada", at: "2026-01-01 00:00:00+00", role: true, present: true },
        { name: "zoe", at: "-infinity", role: true, present: false },
      ]);
    }
  } finally {
    await db.$client.end();
    await database.drop();
    await rm(folder, { recursive: true });
  }
});
