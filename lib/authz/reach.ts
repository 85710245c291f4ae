import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type Access, holdingsOf } from "@/lib/authz/access";
import { inCatalogue } from "@/lib/authz/lines";
import { wanted } from "@/lib/authz/profiles";
import type { Reads } from "@/lib/context";

/** The two ways in which somebody reaches others: as a manager above them, as the owner of a group that they are in. */
export const reachScopes = ["reports", "owned_groups"] as const;
export type ReachScope = (typeof reachScopes)[number];

/** By scope: who reaches which of some people. An owner reaches their group as well, which may have no member. */
export type Reachers = Record<ReachScope, Map<string, string[]>>;

/** Everybody who stands above these people at a moment, whatever they hold. */
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
           and (gm.ends_at is null or gm.ends_at > ${at.toISOString()}::timestamptz)
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
