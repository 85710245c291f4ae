import { type SQL, sql } from "drizzle-orm";
import { scopesOf } from "@/lib/authz/evaluate";
import { reachedBy } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";

/**
 * Whom the chart may show: people in reach of `user.read`, and above their own reports the actor (R11). Found out once
 * per statement; `everybody` spares that where there is nothing to leave out.
 */
export type Sight = {
  everybody: boolean;
  /** `with recursive sight as (…)`, or nothing. */
  clause: SQL;
  /** Whether a column of ids, such as `u.id`, names somebody in sight. */
  holds: (column: string) => SQL;
};

export function sightOf(ctx: Ctx): Sight {
  const reached = reachedBy(ctx, "user.read");
  if (reached === "everyone") return everybody;
  const { actor } = ctx;
  const above = scopesOf(actor.access, "user.read").has("reports");
  const self = above ? sql` union select ${actor.access.personId}::uuid` : sql``;
  return {
    everybody: false,
    clause: sql`with recursive sight as materialized (select user_id as id from (${reached}) reached${self})`,
    holds: (column) => sql`${sql.raw(column)} in (select id from sight)`,
  };
}

const everybody: Sight = {
  everybody: true,
  clause: sql`with recursive sight as (select null::uuid as id where false)`,
  holds: () => sql`true`,
};

/**
 * Somebody present is below this person, or below an archived report of theirs. Each is named by the alias of its row
 * of `users`.
 */
export const leads = (alias: string) =>
  sql.raw(`exists(select 1 from users led where led.manager_id = ${alias}.id and led.id <> ${alias}.id
    and (led.status <> 'archived' or exists(
      select 1 from users under where under.manager_id = led.id and under.status <> 'archived')))`);

/** In the chart stand all who are present, and of the archived those whom somebody still stands under. */
export const charted = (alias: string) => sql`(${sql.raw(alias)}.status <> 'archived' or ${leads(alias)})`;
