import { inArray, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import type { Db } from "@/db/client";
import { users } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { as, makeUser } from "@/lib/testing/database";
import { twoProcesses } from "@/lib/testing/fresh-database";
import { loadPreset } from "@/lib/testing/presets";
import { rounds, tell } from "@/lib/testing/thorough";
import { archiveUser } from "@/lib/users/commands/archive";
import { restoreUser } from "@/lib/users/commands/restore";
import { updateUser } from "@/lib/users/commands/update";
import { storedForm } from "@/lib/users/conflict";

const often = rounds(20, 1_000);
const [here, there] = twoProcesses("organisation_races");
let [ada, olga] = [{ id: "" }, { id: "" }];

beforeAll(async () => {
  await loadPreset(here);
  const administrator = { primaryRole: "Quality Manager", roles: ["Admin"] };
  [ada, olga] = [await makeUser(here, administrator), await makeUser(here, administrator)];
});

type Person = typeof users.$inferSelect;
type Way = (ctx: Ctx) => Promise<unknown>;

type Branch = { top: Person; middle: Person; low: Person };

let [left, right]: Branch[] = [];
let leaver: Person;

beforeAll(async () => {
  const lead = () => makeUser(here, { primaryRole: "Quality Lead" });
  const branch = async () => ({ top: await lead(), middle: await lead(), low: await lead() });
  [left, right, leaver] = [await branch(), await branch(), await lead()];
});

/** Two branches beside each other, however the last round left them. */
async function reset(): Promise<[Branch, Branch]> {
  const branches = [left as Branch, right as Branch] as const;
  await here.execute(sql`delete from handovers`);
  await here.execute(sql`update users set status = 'active', status_before_archive = null, archived_at = null`);
  for (const { top, middle, low } of branches)
    await here.execute(sql`update users set manager_id = case id when ${middle.id}::uuid then ${top.id}::uuid
      when ${low.id}::uuid then ${middle.id}::uuid end where id in (${top.id}, ${middle.id}, ${low.id})`);
  return [await read(branches[0]), await read(branches[1])];
}

async function read({ top, middle, low }: Branch): Promise<Branch> {
  const rows = await here
    .select()
    .from(users)
    .where(inArray(users.id, [top.id, middle.id, low.id]));
  const of = ({ id }: Person) => rows.find((row) => row.id === id) as Person;
  return { top: of(top), middle: of(middle), low: of(low) };
}

/** Puts somebody under another, by the form "User Details". */
async function moves(person: Person, managerId: string): Promise<Way> {
  const { memberships: _, roleEnds: __, accessEndsAt: ___, ...form } = await storedForm(here, person);
  const input = { id: person.id, ...form, managerId, accessEndsAt: null, password: "", confirmPassword: "" };
  return (ctx) => updateUser(ctx, input);
}

/** Each puts one branch under the other, so that both together would close a ring. */
const pairs: Record<string, (a: Branch, b: Branch) => Promise<[Way, Way]>> = {
  "two moves": async (a, b) => [await moves(a.top, b.low.id), await moves(b.top, a.low.id)],
  "a move, and a manager who leaves": async (a, b) => {
    await here.execute(sql`update users set manager_id = ${leaver.id} where id = ${a.top.id}`);
    return [
      (ctx) => archiveUser(ctx, { id: leaver.id, managerId: b.low.id, owners: [] }),
      await moves(b.top, a.low.id),
    ];
  },
  "a move, and a manager who is restored": async (a, b) => {
    await archiveUser(await as(here, ada), { id: a.top.id, managerId: null, owners: [] });
    await here.execute(sql`update users set manager_id = ${b.low.id} where id = ${a.top.id}`);
    return [(ctx) => restoreUser(ctx, { id: a.top.id, handBack: [a.middle.id] }), await moves(b.top, a.low.id)];
  },
};

const attempt = async (way: Way, actor: { id: string }, db: Db) => {
  try {
    await way(await as(db, actor));
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return false;
  }
};

async function isRing(id: string): Promise<boolean> {
  const [row] = await here.execute<{ ring: boolean }>(sql`
    with recursive above as (
      select manager_id as id, 1 as depth from users where id = ${id}
      union select u.manager_id, a.depth + 1 from users u join above a on u.id = a.id where a.depth < 20
    ) select bool_or(id = ${id}) as ring from above`);
  return row?.ring ?? false;
}

for (const [name, pair] of Object.entries(pairs))
  test(`U8: ${name} at once close no ring of managers: ${often} rounds`, async () => {
    let [rings, done] = [0, 0];
    for (let round = 0; round < often; round++) {
      const [a, b] = await reset();
      const [one, other] = await pair(a, b);
      const given = await Promise.all([attempt(one, ada, here), attempt(other, olga, there)]);
      done += given.filter(Boolean).length;
      if (await isRing(b.top.id)) rings++;
    }
    tell(name, { rounds: often, "changes committed": done, rings });
    expect(done).toBeGreaterThanOrEqual(often);
    expect(rings).toBe(0);
  }, 1_800_000);
