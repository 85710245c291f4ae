import { or, type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { countOf } from "@/lib/lists/pagination";
import { foundIn } from "@/lib/normalization/search-condition";
import { searchCondition } from "@/lib/people/search";

/**
 * What is typed, as a condition on `clients`: part of a client's name, or of its user's. Where each finds few, they are looked up by
 * their indexes; where one finds many, rows are asked one after the other, since a page of them comes soon.
 */
export async function searchClients(q: string, ctx: Ctx): Promise<SQL | undefined> {
  const [named, person] = [foundIn(sql`named.search`, q, sql`named.id`), searchCondition(q)];
  if (!named || !person) return undefined;
  const ofClients = sql`clients named where ${named}`;
  const ofPeople = sql`users join clients owned on owned.user_id = users.id where ${person}`;
  const totals = await Promise.all([countOf(ctx, ofClients), countOf(ctx, ofPeople)]);
  if (totals.every(({ kind }) => kind === "exact"))
    return sql`clients.id in (select named.id from ${ofClients} union all select owned.id from ${ofPeople})`;
  const ofUser = (column: SQL) => sql`(select ${column} from users where users.id = clients.user_id)`;
  return or(
    foundIn(sql`clients.search`, q, sql`clients.id`) ?? undefined,
    foundIn(ofUser(sql`users.search`), q, sql`clients.user_id`) ?? undefined,
  );
}
