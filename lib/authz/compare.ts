import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import { administratorIds } from "@/lib/authz/administrators";
import { type Difference, differenceOf } from "@/lib/authz/difference";
import { type Profiles, profilesOf, wanted } from "@/lib/authz/profiles";
import { everyReacher, managersAbove, ownersOf, type Reachers } from "@/lib/authz/reach";
import type { Ctx, Reads } from "@/lib/context";
import type { Command } from "@/lib/kernel/command";
import { run } from "@/lib/kernel/run";

/** Whose access a change can touch: these people, the holders of a role, or the members of a group. */
export type Affected = { people: string[] } | { roleId: string } | { groupId: string };

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
  /** Those who gain or lose something; people who gain and lose the same stand together. */
  differences: { difference: Difference; people: string[] }[];
};

/**
 * A dry run of a command, with everybody whom it concerns compared before and after. The clock stands still, so that what
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
  const inspect = async (tx: Tx) => {
    const all = [...new Set([...earlier, ...(await concerned(tx, affected))])];
    const people = all.slice(0, bound);
    return { people, over: all.length > bound, after: await snapshotOf(tx, people, at, affected) };
  };
  const frozen = { ...ctx, now: () => at };
  const { people, over, after } = (await run(frozen, command, input, { dryRun: true, inspect })).inspected;
  const before = await snapshotOf(ctx.db, people, at, affected);
  return { before, after, people, over, differences: differencesOf(people, before.profiles, after.profiles) };
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

/** A role says nothing about who stands above whom; a group has an owner, a person a manager and groups. */
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

/** Worked out once for all who held and hold the same. */
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
