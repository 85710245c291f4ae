import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { kept } from "@/db/kept";
import { lasting } from "@/db/lasting";
import { below, isBelow } from "@/db/places";
import { noRelation, type Relation, scopesOf } from "@/lib/authz/evaluate";
import type { Ctx, Reads } from "@/lib/context";
import { forbidden } from "@/lib/errors";
import type { OperationKey } from "@/lib/operations";
import { together } from "@/lib/platform/together";

/**
 * How `personId` relates to `actorId` now: one look at their places in the organisation and one at owned groups. Nobody is
 * below themselves, nor a member of their own group; `within` says the same of lists.
 */
export const relate = (db: Reads | Tx, actorId: string, personId: string, at: Date): Promise<Relation> =>
  actorId === personId
    ? Promise.resolve({ ...noRelation, self: true })
    : relateTogether(db as Tx, { actorId, personId, at });

type Pair = { actorId: string; personId: string; at: Date };

const relateTogether = together<Pair, Relation>(async (tx, pairs) => {
  const [{ at }] = pairs as [Pair];
  const of = await relateAll(tx, pairs, at);
  return pairs.map(({ actorId, personId }) => of(actorId, personId));
});

/** How one person relates to another, as columns of another statement. Both are ids or columns of ids, and not the same person. */
export const relationColumns = (actor: SQL | string, person: SQL | string, at: Date) => ({
  reports: sql<boolean>`${isBelow(person, actor)}`,
  ownedGroups: sql<boolean>`exists(
    select 1 from group_members gm join groups g on g.id = gm.group_id
     where gm.user_id = ${person} and g.owner_id = ${actor}
       and ${lasting("gm", at)})`,
});

/** The same of several pairs at one moment, in one query; of others it says that they are not related. */
export async function relateAll(
  db: Reads | Tx,
  pairs: { actorId: string; personId: string }[],
  at: Date,
): Promise<(actorId: string, personId: string) => Relation> {
  const others = pairs.filter(({ actorId, personId }) => actorId !== personId);
  const asked = JSON.stringify(others.map(({ actorId, personId }) => ({ actor: actorId, person: personId })));
  const look = () =>
    kept(
      (db as Tx)
        .select({
          key: sql<string>`p.actor || ' ' || p.person`,
          ...relationColumns(sql`p.actor`, sql`p.person`, at),
        })
        .from(sql`jsonb_to_recordset(${asked}::jsonb) p (actor uuid, person uuid)`),
    );
  const rows = others.length > 0 ? await look() : [];
  const found = new Map(rows.map(({ key, ...relation }) => [key, { self: false, ...relation }]));
  return (actorId, personId) =>
    actorId === personId
      ? { ...noRelation, self: true }
      : (found.get(`${actorId} ${personId}`.toLowerCase()) ?? noRelation);
}

/**
 * The people on whom the actor may use an operation, as a condition on a column of user ids (R11).
 * The list, the counts, the pickers and a guessed id all ask this.
 */
export function within(ctx: Ctx, operation: OperationKey, column: AnyPgColumn): SQL {
  const reached = reachedBy(ctx, operation);
  return reached === "everyone" ? sql`true` : sql`${column} in (${reached})`;
}

const none = sql`select null::uuid as user_id where false`;

/**
 * The same people as a set: a select of `user_id`, each person once; or everyone. `present`: of those below the actor only who is, or
 * is not, archived; the actor is present. `reports`: false leaves those below out.
 */
export function reachedBy(
  ctx: Ctx,
  operation: OperationKey,
  { present, reports = true }: { present?: boolean; reports?: boolean } = {},
): SQL | "everyone" {
  const scopes = scopesOf(ctx.actor.access, operation);
  if (scopes.has("all")) return "everyone";
  const me = ctx.actor.access.personId;
  if (me === null || scopes.size === 0) return none;
  const arms: SQL[] = [];
  if (scopes.has("self") && present !== false) arms.push(sql`select ${me}::uuid as user_id`);
  if (scopes.has("reports") && reports) arms.push(below(me, { present }));
  if (scopes.has("owned_groups"))
    arms.push(sql`select gm.user_id from group_members gm join groups g on g.id = gm.group_id
       where g.owner_id = ${me} and gm.user_id <> ${me}
         and ${lasting("gm", ctx.now())}`);
  return arms.length > 0 ? sql.join(arms, sql` union `) : none;
}

/** The same asked of each row, of a column of user ids: where those in reach are too many to be looked up. */
export function reaches(ctx: Ctx, operation: OperationKey, column: SQL): SQL {
  const scopes = scopesOf(ctx.actor.access, operation);
  if (scopes.has("all")) return sql`true`;
  const me = ctx.actor.access.personId;
  if (me === null || scopes.size === 0) return sql`false`;
  const arms: SQL[] = [];
  if (scopes.has("self")) arms.push(sql`${column} = ${me}`);
  if (scopes.has("reports")) arms.push(isBelow(column, me));
  if (scopes.has("owned_groups"))
    arms.push(sql`exists(select 1 from group_members gm join groups g on g.id = gm.group_id
      where gm.user_id = ${column} and g.owner_id = ${me} and gm.user_id <> ${me}
        and ${lasting("gm", ctx.now())})`);
  return sql`(${sql.join(arms, sql` or `)})`;
}

/** Of a column of user ids: people whom the actor may see or is, so that a filter by somebody reveals no more than the rows do (R11). */
export function inSightOrSelf(ctx: Ctx, column: SQL): SQL {
  const me = ctx.actor.access.personId;
  const seen = reaches(ctx, "user.read", column);
  return me === null ? seen : sql`(${column} = ${me} or ${seen})`;
}

/** For reads that are about nobody in particular. Throws `forbidden` with these words unless the operation is held for all. */
export function requireAll(ctx: Ctx, operation: OperationKey, words: string): void {
  if (reachedBy(ctx, operation) !== "everyone") throw forbidden(words);
}
