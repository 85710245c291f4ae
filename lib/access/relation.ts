import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { noRelation, type Relation, scopesOf } from "@/lib/access/decide";
import type { Ctx, Reads } from "@/lib/context";
import { together } from "@/lib/kernel/together";
import type { OperationKey } from "@/lib/operations";

/**
 * How `personId` stands to `actorId` now: one walk up the chain of managers and one look at owned groups. Nobody is
 * below themselves, nor one of their own group's members; `within` says the same of lists.
 */
export const relate = (db: Reads | Tx, actorId: string, personId: string, at: Date): Promise<Relation> =>
  actorId === personId
    ? Promise.resolve({ ...noRelation, self: true })
    : relateTogether(db as Tx, { actorId, personId, at });

type Pair = { actorId: string; personId: string; at: Date };

const relateTogether = together<Pair, Relation>(async (tx, pairs) => {
  const [{ at }] = pairs as [Pair];
  const asked = JSON.stringify(pairs.map(({ actorId, personId }) => ({ actor: actorId, person: personId })));
  const rows = await tx
    .select({
      key: sql<string>`p.actor || ' ' || p.person`,
      reports: sql<boolean>`exists(
        with recursive above as (
          select manager_id from users where id = p.person
          union select u.manager_id from users u join above a on u.id = a.manager_id
        ) select 1 from above where manager_id = p.actor)`,
      ownedGroups: sql<boolean>`exists(
        select 1 from group_members gm join groups g on g.id = gm.group_id
         where gm.user_id = p.person and g.owner_id = p.actor
           and (gm.ends_at is null or gm.ends_at > ${at.toISOString()}::timestamptz))`,
    })
    .from(sql`jsonb_to_recordset(${asked}::jsonb) p (actor uuid, person uuid)`);
  const found = new Map(rows.map(({ key, ...relation }) => [key, { self: false, ...relation }]));
  return pairs.map(({ actorId, personId }) => found.get(`${actorId} ${personId}`.toLowerCase()) ?? noRelation);
});

/**
 * The people on whom the actor may use an operation, as a condition on a column of user ids (R11).
 * The list, the counts, the pickers and a guessed id all ask this.
 */
export function within(ctx: Ctx, operation: OperationKey, column: AnyPgColumn): SQL {
  const reached = reachedBy(ctx, operation);
  return reached === "everyone" ? sql`true` : sql`${column} in (${reached})`;
}

/** The same people as a set: a select of `user_id`, each person once; or everyone. */
export function reachedBy(ctx: Ctx, operation: OperationKey): SQL | "everyone" {
  const scopes = scopesOf(ctx.actor.access, operation);
  if (scopes.has("all")) return "everyone";
  const me = ctx.actor.access.personId;
  if (me === null || scopes.size === 0) return sql`select null::uuid as user_id where false`;
  const arms: SQL[] = [];
  if (scopes.has("self")) arms.push(sql`select ${me}::uuid as user_id`);
  if (scopes.has("reports"))
    arms.push(sql`select id as user_id from (
      with recursive below as (
        select id from users where manager_id = ${me}
        union select u.id from users u join below b on u.manager_id = b.id
      ) select id from below where id <> ${me}) reports`);
  if (scopes.has("owned_groups"))
    arms.push(sql`select gm.user_id from group_members gm join groups g on g.id = gm.group_id
       where g.owner_id = ${me} and gm.user_id <> ${me}
         and (gm.ends_at is null or gm.ends_at > ${ctx.now().toISOString()}::timestamptz)`);
  return sql.join(arms, sql` union `);
}
