import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { countOf } from "@/lib/lists/pagination";
import { foundIn } from "@/lib/normalization/search-condition";
import { searchCondition } from "@/lib/people/search";

/**
 * What is typed, as a condition on `clients`: part of a client's name, or of its user's. Where each finds few, they are looked up by
 * their indexes; where one finds many, rows are asked one after the other, since a page of them comes soon: of few people by a set,
 * of many by looking at the user of each row.
 */
export async function searchClients(q: string, ctx: Ctx): Promise<SQL | undefined> {
  const [named, person] = [foundIn(sql`named.search`, q, sql`named.id`), searchCondition(q)];
  if (!named || !person) return undefined;
  const ofClients = sql`clients named where ${named}`;
  const ofPeople = sql`users join clients owned on owned.user_id = users.id where ${person}`;
  const totals = await Promise.all([countOf(ctx, ofClients), countOf(ctx, ofPeople)]);
  if (totals.every(({ kind }) => kind === "exact"))
    return sql`clients.id in (select named.id from ${ofClients} union all select owned.id from ${ofPeople})`;
  const { kind } = await countOf(ctx, sql`users where ${person}`);
  const user = sql`(select users.search from users where users.id = clients.user_id)`;
  const ofUser =
    kind === "exact"
      ? sql`clients.user_id in (select users.id from users where ${person})`
      : foundIn(user, q, sql`clients.user_id`);
  return sql`(${foundIn(sql`clients.search`, q, sql`clients.id`)} or ${ofUser})`;
}
