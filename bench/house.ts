import { sql } from "drizzle-orm";
import { createDb, type Db } from "@/db/client";
import { roles } from "@/db/schema";
import { personActor } from "@/lib/auth/person";
import { loadAccess } from "@/lib/authz/load";
import { operator } from "@/lib/authz/principal";
import { type Ctx, createContext, type Person } from "@/lib/context";
import { encodeCursor } from "@/lib/lists/pagination";
import { listRoles } from "@/lib/roles/list";
import { readUserFilters, type UserFilters } from "@/lib/users/filters";
import { countUsers, listUsers, servedUsers, type UserPage } from "@/lib/users/list";

import { personIn50Groups } from "./access";
import type { Figure } from "./figures";
import { median, processorOf } from "./measure";
import { groupRoles, userId } from "./people";

/** Milliseconds of the database's processor that each question may take at a million users. */
const goals = { role: 8, roles: 40, access: 0.3, signIn: 0.1, give: 1, search: 15, manager: 5, counts: 20 };

const last = "coalesce(last_sign_in_at, '-infinity'::timestamptz)";
const sorts = { name: "name_key", "-lastSignInAt": last };
const shares = [0, 0.7];
const rounds = 20;

/** What is asked most of a large house. Its people are kept: what this stores is taken back, but for two roles and who holds them. */
export async function houseFigures(url: string): Promise<Figure[]> {
  const db = createDb(url, { max: 1, statementTimeout: 300_000 });
  try {
    const spent = await processorOf(db);
    const all = createContext(db, operator);
    const figures: Figure[] = [];
    const measure = async (name: string, goal: number, work: () => Promise<string>, times = rounds) => {
      const note = await work();
      figures.push({ name, goal, ms: await median(times, work, spent), note });
    };
    const adding = () => db.execute(sql`select sum(n) from generate_series(1, 1000000) n`);
    const ms = await median(rounds, adding, spent);
    figures.push({ name: "a million numbers added up, to compare machines", goal: null, ms, note: "" });
    const found = new Map((await db.select({ name: roles.name, id: roles.id }).from(roles)).map((r) => [r.name, r.id]));
    const held = { "Quality Manager": "primary, 1 %", Auditor: "direct, 0.2 %", ...groupRoles };
    for (const [name, how] of Object.entries(held))
      for (const [sort, key] of Object.entries(sorts))
        for (const share of shares) {
          const filters = readUserFilters({ role: found.get(name) ?? "", sort }).filters;
          const asked = await from(db, filters, key, share);
          await measure(`role ${name} (${how}), ${sort}${share ? `, at ${share * 100} %` : ""}`, goals.role, async () =>
            shows(await listUsers(all, asked)),
          );
        }
    const administrator = await administratorOf(db);
    const many = await personIn50Groups(db);
    await measure("roles page", goals.roles, async () => {
      const page = await listRoles(administrator, "");
      return `${page.total} roles`;
    });
    await measure(
      "access of one person, 50 groups",
      goals.access,
      async () => {
        const { roles: reached } = await loadAccess(db, many, new Date());
        return `${reached.length} roles`;
      },
      500,
    );
    const manager = await managerOf(db);
    await measure("first page for a manager of nearly all", goals.manager, async () =>
      shows(await listUsers(manager, readUserFilters({}).filters)),
    );
    await measure("both counts for them", goals.counts, async () => {
      const { active, archived } = await countUsers(manager);
      return `${total(active)}, ${total(archived)}`;
    });
    for (const q of ["stein", "zar", "berg", "an", "q", "12345"])
      await measure(`search "${q}"`, goals.search, async () =>
        shows(await listUsers(all, readUserFilters({ q }).filters)),
      );
    figures.push(...(await writes(db, spent, found.get("Tester") ?? "")));
    return figures;
  } finally {
    await db.$client.end({ timeout: 5 });
  }
}

/** What keeping the copies adds to a sign-in, and what a role costs that is given to a group of a fifth. All is taken back. */
async function writes(db: Db, spent: () => number, roleId: string): Promise<Figure[]> {
  const people = Array.from({ length: 600 }, (_, at) => 1001 + at).values();
  const signIn = () =>
    db.execute(sql.raw(`update users set last_sign_in_at = now() where id = ${userId(people.next().value ?? 1)}`));
  const taken: { replica: number[]; origin: number[] } = { replica: [], origin: [] };
  // In turn: a busy machine changes more in a second than what is measured.
  for (let round = 0; round < 30; round += 1)
    for (const role of ["replica", "origin"] as const) {
      await db.execute(sql.raw(`set session_replication_role = ${role}`));
      taken[role].push(await median(10, signIn, spent));
    }
  const middle = (all: number[]) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
  const [bare, copied] = [middle(taken.replica), middle(taken.origin)];
  const [some] = await db.execute<{ mean: number }>(
    sql.raw(
      `select count(*) / 600.0 as mean from group_members where user_id between ${userId(1001)} and ${userId(1600)}`,
    ),
  );
  const group = "('01900000-0000-7000-9000-' || lpad(to_hex(1), 12, '0'))::uuid";
  const give = () => db.execute(sql.raw(`insert into group_roles (group_id, role_id) values (${group}, '${roleId}')`));
  const take = () => db.execute(sql.raw(`delete from group_roles where group_id = ${group} and role_id = '${roleId}'`));
  const given = await median(20, give, spent, take);
  return [
    {
      name: "a sign-in, more than without copies",
      goal: goals.signIn,
      ms: copied - bare,
      note: `${Number(some?.mean).toFixed(1)} groups each; ${copied.toFixed(2)} in all`,
    },
    { name: "a role to a group of a fifth", goal: goals.give, ms: given, note: "" },
  ];
}

/** The list from the person at this share of all on. */
async function from(db: Db, filters: UserFilters, key: string, share: number): Promise<UserFilters> {
  if (share === 0) return filters;
  const way = filters.sort.startsWith("-") ? "desc" : "asc";
  const [row] = await db.execute<{ id: string; key: string }>(
    sql.raw(`select id, (${key})::text as key from users where status <> 'archived' order by ${key} ${way}, id ${way}
      limit 1 offset (select (reltuples * ${share})::bigint from pg_class where oid = 'users_by_name'::regclass)`),
  );
  const sign = servedUsers.placeIn(filters)?.sign ?? "";
  return row ? { ...filters, after: encodeCursor(sign, { keys: [row.key], id: row.id, place: 100 }) } : filters;
}

/** Somebody who may do everything, by a role made for this. */
const administratorOf = (db: Db) => holderOf(db, "Everything", 7, true);

/** The first person, who has nearly everybody below them and may read these. */
const managerOf = (db: Db) => holderOf(db, "Reads reports", 1, false);

async function holderOf(db: Db, role: string, person: number, admin: boolean): Promise<Ctx<Person>> {
  await db.execute(
    sql.raw(`with made as (
        insert into roles (id, name, name_key, kind, admin) values (gen_random_uuid(), '${role}', lower('${role}'), 'additional', ${admin})
        on conflict (name_key) do update set admin = excluded.admin returning id
      ), reads as (
        insert into role_operations (role_id, operation, scope) select id, 'user.read', 'reports' from made where not ${admin}
        on conflict do nothing
      ) insert into user_roles (user_id, role_id) select ${userId(person)}, id from made on conflict do nothing`),
  );
  const [row] = await db.execute<{ id: string }>(sql.raw(`select ${userId(person)} as id`));
  const id = row?.id ?? "";
  return createContext(db, personActor({ id, sessionId: null, access: await loadAccess(db, id, new Date()) }));
}

const shows = (page: UserPage) => `${page.rows.length} of ${total(page.total)}${page.bounded ? ", bounded" : ""}`;

const total = ({ kind, value }: UserPage["total"]) =>
  `${{ exact: "", about: "about ", over: "more than " }[kind]}${value.toLocaleString("en-US")}`;
