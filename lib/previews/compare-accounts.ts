import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { idArray } from "@/db/ids";
import { type Difference, differenceOf } from "@/lib/authz/difference";
import { loadAccesses } from "@/lib/authz/load";
import { type Access, noAccess } from "@/lib/authz/model";
import { accessUnder, accountRoles, rolesUnder } from "@/lib/authz/service-accounts";
import type { Reads } from "@/lib/context";

/** So many service accounts are compared, the first by id. */
const bound = 1_000;

/**
 * Service accounts that a change may touch, one more than the bound at most: those of these people, and those that have the role. One whose
 * owner has left does nothing as it is.
 */
export async function concernedAccounts(db: Reads | Tx, people: string[], roleId: string | null): Promise<string[]> {
  const [row] = await db.select({ ids: sql<string[]>`coalesce(json_agg(c.id order by c.id), '[]')` }).from(
    sql`(select a.id from service_accounts a join users u on u.id = a.owner_id
          where u.status <> 'archived' and (a.owner_id = any(${idArray(people)})
             or a.id in (select service_account_id from service_account_roles where role_id = ${roleId}))
          order by a.id limit ${bound + 1}) c`,
  );
  return row?.ids ?? [];
}

/** Those of two looks that are compared, and whether there are more. */
export function accountsToCompare(earlier: string[], later: string[]): { ids: string[]; over: boolean } {
  const all = [...new Set([...earlier, ...later])].sort();
  return { ids: all.slice(0, bound), over: all.length > bound };
}

/** What each of these may do at a moment (T6). One that is not there, or has no owner, may do nothing. */
export async function accountAccesses(db: Reads | Tx, ids: string[], at: Date): Promise<(id: string) => Access> {
  if (ids.length === 0) return () => noAccess;
  const rows = await db
    .select({ id: sql<string>`a.id`, ownerId: sql<string>`a.owner_id` })
    .from(sql`service_accounts a where a.id = any(${idArray(ids)}) and a.owner_id is not null`);
  const owners = new Map(rows.map(({ id, ownerId }) => [id, ownerId]));
  const { of, catalogue } = await loadAccesses(db, [...new Set(owners.values())], at);
  const rolesOf = await accountRoles(db, ids);
  return (id) => {
    const ownerId = owners.get(id);
    return ownerId ? accessUnder(of(ownerId), rolesUnder(of(ownerId), catalogue, rolesOf(id))) : noAccess;
  };
}

export type AccountDifference = { id: string; difference: Difference };

/** What changes for whom of these, if anything does. */
export const accountDifferences = (
  ids: string[],
  before: (id: string) => Access,
  after: (id: string) => Access,
): AccountDifference[] =>
  ids
    .map((id) => ({ id, difference: differenceOf(before(id), after(id)) }))
    .filter(({ difference: { gains, loses } }) => gains.length + loses.length > 0);
