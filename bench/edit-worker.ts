import { and, eq, inArray, sql } from "drizzle-orm";
import { createDb, type Db } from "@/db/client";
import { migrate } from "@/db/migrate";
import { roles, userRoles, users } from "@/db/schema";
import type { explain, Question } from "@/lib/access/explain";
import type { Ctx, Person } from "@/lib/context";
import { as } from "@/lib/testing/database";
import { updateUser } from "@/lib/users/commands/update";
import { storedForm } from "@/lib/users/conflict";
import { watchStatements } from "../lib/testing/watch-statements";
import { time } from "./measure";
import { loadPeople } from "./people";

/**
 * One build of Gatehouse, on a database of its own: `bench/edits.ts` starts it in the build's folder and says what to
 * measure. It uses only what the first release had as well, so that an older one can be measured beside.
 */
const [url = "", size = ""] = process.argv.slice(2);

/** A last name edited by the form "User Details". */
type Edit = Parameters<typeof updateUser>[1];

await migrate(url);
await loadPeople(url, Number(size));
const db = createDb(url, { max: 20 });
const administrator = await makeAdministrator();
const people = await db.select().from(users).where(eq(users.status, "active")).orderBy(users.id).limit(1_200);
const ids = people.map(({ id }) => id).filter((id) => id !== administrator.id);
await db.execute(
  sql`insert into sign_in_names (key, user_id) select username_key, id from users on conflict do nothing`,
);
await db.execute(sql`insert into sign_in_names (key, user_id) select email_key, id from users on conflict do nothing`);
const statements = countStatements();
let names = 0;

async function makeAdministrator() {
  const [admin] = await db.select().from(roles).where(eq(roles.admin, true));
  const [manager] = await db.select().from(roles).where(eq(roles.name, "Quality Manager"));
  const [person] = await db
    .select()
    .from(users)
    .where(and(eq(users.status, "active"), eq(users.primaryRoleId, manager?.id ?? "")))
    .limit(1);
  if (!person || !admin) throw new Error("There is nobody to act as administrator");
  await db.insert(userRoles).values({ userId: person.id, roleId: admin.id });
  await db.update(users).set({ accessEndsAt: null, configuration: "default" }).where(eq(users.id, person.id));
  return person;
}

/** What Drizzle sends, transactions' own statements aside. */
function countStatements() {
  const sent: string[] = [];
  watchStatements(db.$client, { statement: (text) => void sent.push(text) });
  return sent;
}

/** Inputs that change the last names of these people and nothing else. */
async function edits(chosen: string[]): Promise<Edit[]> {
  const rows = await db.select().from(users).where(inArray(users.id, chosen));
  return Promise.all(
    rows.map(async (person) => {
      const { memberships: _, roleEnds: __, accessEndsAt: ___, ...form } = await storedForm(db as Db & never, person);
      const { accessEndsAt } = person;
      return { id: person.id, ...form, lastName: `Name ${++names}`, accessEndsAt, password: "", confirmPassword: "" };
    }),
  );
}

/** An older release has it in another folder. */
async function explainOf(): Promise<typeof explain> {
  const folders = ["@/lib/authz", "@/lib/access"].map((folder) => `${folder}/explain`);
  for (const path of folders) {
    const found = await import(path).catch(() => null);
    if (found) return found.explain;
  }
  throw new Error("There is no lib/access/explain.ts");
}

/** What was made to prepare a measurement is collected before it, so that it is not counted in it. */
const collect = () => (globalThis as { gc?: () => void }).gc?.();

const actor = (): Promise<Ctx<Person>> => as(db, administrator);

const tasks = {
  async statements() {
    const [[edit], ctx] = [await edits(ids.slice(0, 1)), await actor()];
    statements.length = 0;
    await updateUser(ctx, edit as Edit);
    return { statements: statements.length };
  },
  async singles() {
    const [given, ctx] = [await edits(ids.slice(0, 200)), await actor()];
    collect();
    const start = performance.now();
    const { p50 } = await time(given.length, () => updateUser(ctx, given.pop() as Edit), false);
    return { p50, rate: 200_000 / (performance.now() - start) };
  },
  async parallel() {
    const [given, ctx] = [await edits(ids.slice(0, 400)), await actor()];
    collect();
    const start = performance.now();
    const take = async () => {
      for (let edit = given.pop(); edit; edit = given.pop()) await updateUser(ctx, edit);
    };
    await Promise.all(Array.from({ length: 20 }, take));
    return { rate: 400_000 / (performance.now() - start) };
  },
  async batch() {
    const { runAll } = await import("@/lib/kernel/run-all");
    const [given, ctx] = [await edits(ids.slice(0, 1_000)), await actor()];
    collect();
    const start = performance.now();
    const settled = await runAll(ctx, updateUser, given);
    const took = performance.now() - start;
    if (!settled.every(({ ok }) => ok)) throw new Error("Not every edit of the batch was saved");
    return { rate: 1_000_000 / took };
  },
  /** Why ordinary people may not edit a user: what is read, locked and written to say so once, and how long it takes. */
  async why() {
    const [ctx, explainThis] = [await actor(), await explainOf()];
    const ask = async (at: number) => {
      const question: Question = { personId: ids[at] ?? "", operation: "user.update", onId: ids[at + 100] ?? null };
      statements.length = 0;
      const start = performance.now();
      await explainThis(ctx, question);
      return performance.now() - start;
    };
    const taken: number[] = [];
    for (let at = 100; at < 111; at++) taken.push(await ask(at));
    const locks = statements.filter((text) => /pg_advisory|for (no key )?(update|share)|for key share/i.test(text));
    const writes = statements.filter((text) => /^\s*(insert|update|delete)/i.test(text));
    const ms = taken.sort((a, b) => a - b)[5] ?? 0;
    return { statements: statements.length, locks: locks.length, writes: writes.length, ms };
  },
};

export type Task = keyof typeof tasks;

process.on("message", async (task: Task | "end") => {
  if (task === "end") {
    await db.$client.end({ timeout: 5 });
    process.exit(0);
  }
  process.send?.(await tasks[task]());
});
process.send?.("ready");
