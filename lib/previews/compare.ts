import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import { lasting } from "@/db/lasting";
import { users } from "@/db/schema";
import { administratorIds } from "@/lib/authz/administrators";
import { type Difference, differenceOf, inCatalogue } from "@/lib/authz/difference";
import { type Profiles, profilesOf, wanted } from "@/lib/authz/load";
import { type Access, holdingsOf } from "@/lib/authz/model";
import type { Ctx, Reads } from "@/lib/context";
import type { Command } from "@/lib/kernel/command";
import { run } from "@/lib/kernel/run";
import { foldName } from "@/lib/normalization/fold";
import { saveUser } from "@/lib/people/store";
import {
  type AccountDifference,
  accountAccesses,
  accountDifferences,
  accountsToCompare,
  concernedAccounts,
} from "@/lib/previews/compare-accounts";

/** Whose access a change can touch: these people, the holders of a role, the members of a group, or the person it creates under a user name. */
export type Affected = { people: string[] } | { roleId: string } | { groupId: string } | { username: string };

/** So many people are compared, the first by id. */
const bound = 10_000;

/** What there is to compare about some people at one moment. */
export type Snapshot = {
  profiles: Profiles;
  administrators: Set<string>;
  reachers: Reachers;
  /** What those who reach them hold. */
  reaching: Profiles;
};

export type Comparison = {
  before: Snapshot;
  after: Snapshot;
  people: string[];
  /** More people are concerned than were compared. */
  over: boolean;
  /** Those who gain or lose something; people who gain and lose the same are grouped. */
  differences: { difference: Difference; people: string[] }[];
  /** Service accounts that gain or lose something with them (T6); `over`: more are concerned than were compared. */
  accounts: { differences: AccountDifference[]; over: boolean };
};

/**
 * A dry run of a command, with everybody whom it concerns compared before and after. The clock is stopped, so that what
 * ends now is over in the comparison.
 */
export async function compareAccess<S extends z.ZodType, V, C extends Ctx>(
  ctx: C,
  command: Command<S, V, C>,
  input: z.output<S>,
  affected: Affected,
): Promise<Comparison> {
  const at = ctx.now();
  const earlier = await concerned(ctx.db, affected);
  const roleId = "roleId" in affected ? affected.roleId : null;
  const owned = await concernedAccounts(ctx.db, earlier, roleId);
  const inspect = async (tx: Tx) => {
    const all = [...new Set([...earlier, ...(await concerned(tx, affected))])];
    // Somebody invited holds nothing until they accept, so they are compared as if they had; all of it is rolled back.
    if ("username" in affected) for (const id of all) await saveUser(tx, { id }, { status: "active" });
    const people = all.slice(0, bound);
    const accounts = accountsToCompare(owned, await concernedAccounts(tx, people, roleId));
    const theirs = await accountAccesses(tx, accounts.ids, at);
    return { people, over: all.length > bound, after: await snapshotOf(tx, people, at, affected), accounts, theirs };
  };
  const frozen = { ...ctx, now: () => at };
  const found = (await run(frozen, command, input, { dryRun: true, inspect })).inspected;
  const { people, over, after, accounts, theirs } = found;
  const before = await snapshotOf(ctx.db, people, at, affected);
  const differences = accountDifferences(accounts.ids, await accountAccesses(ctx.db, accounts.ids, at), theirs);
  return {
    ...{ before, after, people, over },
    differences: differencesOf(people, before.profiles, after.profiles),
    accounts: { differences, over: accounts.over },
  };
}

async function snapshotOf(db: Reads | Tx, people: string[], at: Date, affected: Affected): Promise<Snapshot> {
  const reachers = await reachersOf(db, people, at, affected);
  return {
    profiles: await profilesOf(db, people, at),
    administrators: await administratorsAmong(db, people, at),
    reachers,
    reaching: await profilesOf(db, everyReacher(reachers), at),
  };
}

/** A role says nothing about who is above whom; a group has an owner, a person a manager and groups. */
async function reachersOf(db: Reads | Tx, people: string[], at: Date, affected: Affected): Promise<Reachers> {
  const none = new Map<string, string[]>();
  if ("roleId" in affected) return { reports: none, owned_groups: none };
  if ("groupId" in affected) return { reports: none, owned_groups: await ownersOf(db, people, at, affected.groupId) };
  return { reports: await managersAbove(db, people), owned_groups: await ownersOf(db, people, at, null) };
}

async function administratorsAmong(db: Reads | Tx, people: string[], at: Date): Promise<Set<string>> {
  const rows = await db
    .select({ id: sql<string>`a.id` })
    .from(sql`(with ${wanted(people)} ${administratorIds(at)} and p.id in (select id from wanted)) a`);
  return new Set(rows.map(({ id }) => id));
}

/** Everybody whom it may concern, and one more than the bound; archived people hold nothing until they are restored. */
async function concerned(db: Reads | Tx, affected: Affected): Promise<string[]> {
  if ("people" in affected) return [...new Set(affected.people)].sort();
  if ("username" in affected) {
    const key = foldName(affected.username);
    const created = await db.select({ id: users.id }).from(users).where(eq(users.usernameKey, key));
    return created.map(({ id }) => id);
  }
  const most = bound + 1;
  const ids =
    "groupId" in affected
      ? sql`select user_id as id from group_members where group_id = ${affected.groupId}`
      : sql`(select id from users where primary_role_id = ${affected.roleId} and status <> 'archived' order by id limit ${most})
            union select user_id from user_roles where role_id = ${affected.roleId}
            union select gm.user_id from group_roles gr join group_members gm on gm.group_id = gr.group_id
                   where gr.role_id = ${affected.roleId}`;
  const [row] = await db.select({ ids: sql<string[]>`coalesce(json_agg(c.id order by c.id), '[]')` }).from(
    sql`(select u.id from (${ids}) held join users u on u.id = held.id
            where u.status <> 'archived' order by u.id limit ${most}) c`,
  );
  return row?.ids ?? [];
}

/** Computed once for all who held and hold the same. */
function differencesOf(people: string[], before: Profiles, after: Profiles): Comparison["differences"] {
  const alike = new Map<string, { difference: Difference; people: string[] }>();
  for (const id of people) {
    const was = before.of.get(id) ?? "";
    const is = after.of.get(id) ?? "";
    const key = `${was}|${is}`;
    const known = alike.get(key);
    if (known) known.people.push(id);
    else alike.set(key, { difference: differenceOf(before.access(was), after.access(is)), people: [id] });
  }
  return [...alike.values()].filter(({ difference: { gains, loses } }) => gains.length + loses.length > 0);
}

/** The two ways in which somebody reaches others: as a manager above them, as the owner of a group that they are in. */
export const reachScopes = ["reports", "owned_groups"] as const;
export type ReachScope = (typeof reachScopes)[number];

/** By scope: who reaches which of some people. An owner reaches their group as well, which may have no member. */
export type Reachers = Record<ReachScope, Map<string, string[]>>;

/** Everybody who is above these people at a moment, whatever they hold. */
export async function managersAbove(db: Reads | Tx, people: string[]): Promise<Reachers["reports"]> {
  const rows = await db.select({ id: sql<string>`a.user_id`, reached: sql<string[]>`a.reached` }).from(
    sql`(with ${wanted(people)}, steps as materialized (
        select left(led.path, n) as path, array_agg(led.user_id) as reached
          from wanted join places led on led.user_id = wanted.id, generate_series(8, length(led.path) - 8, 8) n group by 1)
      select top.user_id, to_json(steps.reached) as reached
        from steps cross join lateral (select user_id from places where path = steps.path offset 0) top
       order by top.user_id) a`,
  );
  return new Map(rows.map(({ id, reached }) => [id, reached.sort()]));
}

/** Everybody who owns a group that these people are in at a moment, or this group itself. */
export async function ownersOf(
  db: Reads | Tx,
  people: string[],
  at: Date,
  groupId: string | null,
): Promise<Reachers["owned_groups"]> {
  const rows = await db.select({ id: sql<string>`o.owner_id`, reached: sql<string[]>`o.reached` }).from(
    sql`(with ${wanted(people)}, owned as (
        select g.owner_id, gm.user_id as reached_id from group_members gm join groups g on g.id = gm.group_id
         where gm.user_id in (select id from wanted) and g.owner_id is not null and g.owner_id <> gm.user_id
           and ${lasting("gm", at)}
        union select owner_id, id from groups where id = ${groupId} and owner_id is not null
      ) select owner_id, json_agg(reached_id order by reached_id) as reached from owned group by owner_id order by owner_id) o`,
  );
  return new Map(rows.map(({ id, reached }) => [id, reached]));
}

export const everyReacher = (reachers: Reachers): string[] => [
  ...new Set(reachScopes.flatMap((scope) => [...reachers[scope].keys()])),
];

type Reach = { personId: string; scope: ReachScope; people: string[] };

/** Who reaches which people in `one` and not in `other`. */
export function reachBeyond(one: Reachers, other: Reachers): Reach[] {
  return reachScopes.flatMap((scope) =>
    [...one[scope]].flatMap(([personId, reached]) => {
      const known = new Set(other[scope].get(personId));
      const people = reached.filter((id) => !known.has(id));
      return people.length > 0 ? [{ personId, scope, people }] : [];
    }),
  );
}

/** How many people a manager reaches with these: they, and everybody below them. */
export async function countWithBelow(db: Reads | Tx, people: string[]): Promise<number> {
  const [row] = await db.select({ count: sql<number>`b.count` }).from(
    sql`(with ${wanted(people)}
      select count(distinct led.user_id)::int as count from wanted join places top on top.user_id = wanted.id
        join places led on led.path >= top.path and led.path < top.path || '~') b`,
  );
  return row?.count ?? 0;
}

/** What somebody may do only where they reach: held at this scope, and not for everyone anyway. */
export function usedBy(access: Access, scope: ReachScope): string[] {
  const held = holdingsOf(access);
  const everywhere = new Set(held.filter((holding) => holding.scope === "all").map(({ operation }) => operation));
  const there = held.filter((holding) => holding.scope === scope).map(({ operation }) => operation);
  return [...new Set(there)].filter((operation) => !everywhere.has(operation)).sort(inCatalogue);
}
