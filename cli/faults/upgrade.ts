import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import postgres from "postgres";
import { createDb } from "@/db/client";
import { currentKeyVersion } from "@/db/columns";
import { embeddedUrl, freePort, StartError, startEmbedded } from "@/db/embedded";
import { signInNames, users } from "@/db/schema";
import { signsInAs } from "@/lib/people/sign-in-names";
import { startDemoServer } from "../demo-server";
import { runMain } from "../run-main";
import { projectRoot } from "../settings";
import { loadDemonstrationOf, previousRelease } from "./previous-release";

/** How long the jobs of the upgrade may take, in milliseconds. */
const patience = 60_000;

/**
 * The demonstration of an earlier commit, with names that an earlier version accepted, is started by this code: the start
 * succeeds, the jobs of the upgrade end, and everybody's sign-in, state and access are as before. The commit may be named:
 * `node --import tsx cli/faults/upgrade.ts <commit>`; otherwise it is the last one with fewer migrations.
 */
runMain(async () => {
  const commit = process.argv[2] ?? previousRelease();
  console.log(`  From ${commit}`);
  const dataDir = join(projectRoot, ".test", "upgrade");
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const moment = new Date().toISOString();
  const { before, old } = await withPostgres(dataDir, async (sql, url) => {
    loadDemonstrationOf(commit, url);
    const old = await acceptOldNames(sql);
    return { before: await standingOf(sql, moment), old };
  });
  const port = String(await freePort());
  const options = { dataDir, port, databaseUrl: "", logFile: `${dataDir}.log`, script: "cli/start.ts" as const };
  const stop = await startDemoServer(options);
  try {
    const sql = postgres(embeddedUrl(dataDir), { max: 1, onnotice: () => undefined });
    try {
      await whenFolded(sql, old);
      const after = await standingOf(sql, moment);
      const shutOut = await whoIsShutOut(embeddedUrl(dataDir));
      if (shutOut.length > 0)
        throw new StartError(`These names sign in nobody, or somebody else: ${shutOut.join(", ")}`);
      return judge(before, after, old);
    } finally {
      await sql.end();
    }
  } finally {
    await stop();
  }
});

async function withPostgres<T>(dataDir: string, work: (sql: postgres.Sql, url: string) => Promise<T>): Promise<T> {
  const server = await startEmbedded(dataDir);
  const sql = postgres(server.url, { max: 1, onnotice: () => undefined });
  try {
    return await work(sql, server.url);
  } finally {
    await sql.end();
    await server.stop();
  }
}

/**
 * What the first folding distinguished and the current one does not, and an address that was taken for one; how many rows of
 * these keep their old keys. None for a commit that has the current folding.
 */
async function acceptOldNames(sql: postgres.Sql): Promise<number> {
  const [known] = await sql`
    select 1 from information_schema.columns where table_name = 'users' and column_name = 'key_version'`;
  if (known) return 0;
  const people = await sql<{ id: string }[]>`
    select id from users where username like '%.%' and status = 'active' order by id limit 4`;
  const names = ["νίκος", "νίκοσ", "μίλτος"];
  for (const [at, name] of names.entries()) {
    const id = people[at]?.id ?? "";
    await sql`update sign_in_names set key = ${name} where user_id = ${id} and key = (select username_key from users where id = ${id})`;
    await sql`update users set username = ${name}, username_key = ${name} where id = ${id}`;
  }
  await sql`update users set email = email || '/x' where id = ${people[3]?.id ?? ""}`;
  const [first, second] = await sql<{ id: string }[]>`select id from groups order by id limit 2`;
  await sql`update groups set name = 'Same', name_key = 'same' where id = ${first?.id ?? ""}`;
  await sql`update groups set name = ${"Sa\u200bme"}, name_key = ${"sa\u200bme"} where id = ${second?.id ?? ""}`;
  return 3;
}

/** One line per person, role and group, of the tables that every version has. */
async function standingOf(sql: postgres.Sql, moment: string): Promise<Map<string, string>> {
  const people = await sql<Fact[]>`
    select 'user ' || u.id as key, json_build_array(u.username, u.email, u.first_name, u.last_name, u.status,
             u.status_before_archive, u.status_before_disable, u.disabled_until, u.access_ends_at, u.locked_at, u.locked_until,
             u.manager_id, u.primary_role_id, u.must_change_password, u.version,
             (select hash from passwords p where p.user_id = u.id)) as value from users u`;
  const held = await sql<Fact[]>`
    select 'access of ' || u.id as key, (
      select json_agg(json_build_array(h.role_id, h.group_id, h.ends_at) order by h.role_id, h.group_id, h.ends_at)
        from held_roles(array[u.id], ${moment}::timestamptz) h) as value from users u`;
  const roles = await sql<Fact[]>`
    select 'role ' || r.id as key, json_build_array(r.name, r.kind, r.rank, r.admin,
             (select json_agg(json_build_array(o.operation, o.scope) order by o.operation, o.scope)
                from role_operations o where o.role_id = r.id),
             (select json_agg(c.primary_role_id order by c.primary_role_id)
                from role_combinations c where c.role_id = r.id)) as value from roles r`;
  const groups = await sql<Fact[]>`
    select 'group ' || g.id as key, json_build_array(g.name, g.description, g.owner_id) as value from groups g`;
  return new Map([...people, ...held, ...roles, ...groups].map(({ key, value }) => [key, JSON.stringify(value)]));
}

type Fact = { key: string; value: unknown };

/** Waits until the jobs of the upgrade have ended and left so many rows. */
async function whenFolded(sql: postgres.Sql, old: number): Promise<void> {
  let left = 0;
  for (const end = Date.now() + patience; Date.now() < end; await sleep(200)) {
    const [row] = await sql<{ jobs: number; left: number }[]>`
      select (select count(*)::int from graphile_worker.jobs where task_identifier = 'keys.fold') as jobs,
             (select count(*)::int from users where key_version < ${currentKeyVersion}) +
             (select count(*)::int from groups where key_version < ${currentKeyVersion}) as left`;
    if (row?.jobs === 0 && row.left === old) return;
    left = row?.left ?? left;
  }
  throw new StartError(`After ${patience / 1000} s ${left} rows have keys of an earlier folding, and not ${old}.`);
}

/** User names and addresses under which their own people would not be found at sign-in. */
async function whoIsShutOut(url: string): Promise<string[]> {
  const db = createDb(url, { max: 1 });
  try {
    const people = await db.select({ id: users.id, username: users.username, email: users.email }).from(users);
    const lost: string[] = [];
    for (const { id, username, email } of people)
      for (const name of [username, email]) {
        const { where, first } = signsInAs(name);
        const [found] = await db
          .select({ id: users.id })
          .from(signInNames)
          .innerJoin(users, eq(users.id, signInNames.userId))
          .where(where)
          .orderBy(first)
          .limit(1);
        if (found?.id !== id) lost.push(name);
      }
    return lost;
  } finally {
    await db.$client.end();
  }
}

function judge(before: Map<string, string>, after: Map<string, string>, old: number): number {
  const keys = new Set([...before.keys(), ...after.keys()]);
  const differing = [...keys].filter((key) => before.get(key) !== after.get(key));
  console.table({ compared: keys.size, different: differing.length, "keep old keys": old });
  for (const key of differing.slice(0, 10)) console.error(`  ${key}\n    ${before.get(key)}\n    ${after.get(key)}`);
  if (differing.length > 0) throw new StartError(`${differing.length} of ${keys.size} differ after the upgrade`);
  return 0;
}
