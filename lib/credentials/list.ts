import { and, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { accessTokens } from "@/db/schema";
import { limitsOf } from "@/lib/auth/session-limits";
import type { Ctx } from "@/lib/context";
import { type Arm, armsOf } from "@/lib/credentials/arms";
import { credentialConditions, foundBy } from "@/lib/credentials/conditions";
import { type CredentialFilters, credentialList } from "@/lib/credentials/filters";
import type { CredentialKind } from "@/lib/credentials/kinds";
import { type ListedCredential, shownCredentials } from "@/lib/credentials/rows";
import { conditionsOf } from "@/lib/lists/conditions";
import { countOf, momentKey, type Page, type Place, pageOf, type Total, walkFrom } from "@/lib/lists/pagination";
import { sortOf } from "@/lib/lists/search-params";
import { serveList } from "@/lib/lists/serve-list";
import { searchHolders } from "@/lib/people/pickers";
import { readSettings } from "@/lib/platform/read-settings";

/** Every live credential that the actor may see, of whatever kind (R11). */
export const servedCredentials = serveList<typeof credentialList, Page<ListedCredential>>(credentialList, {
  keys: () => [z.union([momentKey, z.literal("-infinity")])],
  choices: { person: searchHolders },
  async page(ctx, { filters, place }) {
    const arms = await armsWhere(ctx, filters);
    const [found, total] = await Promise.all([find(ctx, arms, filters, place), countArms(ctx, arms)]);
    const page = pageOf(place, found, ({ id, key }) => ({ id, keys: [key] }));
    return { ...page, rows: await shownCredentials(ctx, page.rows), total };
  },
});

export const { ask: askCredentials, page: listCredentials, labels: labelFilters } = servedCredentials;

/** How many there are to be filtered. */
export const countCredentials = async (ctx: Ctx): Promise<Total> =>
  countArms(ctx, await armsWhere(ctx, credentialList.usual));

/** An arm with its filters, and the tables where the oldest come first. */
type AskedArm = Omit<Arm, "collected"> & { fromOldest: SQL };

async function armsWhere(ctx: Ctx, filters: CredentialFilters): Promise<AskedArm[]> {
  const arms = await armsOf(ctx, limitsOf(await readSettings(ctx.db)));
  return arms.map(({ collected, ...arm }) => {
    const asked = and(foundBy(ctx, filters.q, arm), ...conditionsOf(credentialConditions, filters, { ctx, arm }));
    return { ...arm, where: and(arm.where, asked), fromOldest: collected?.(asked) ?? arm.from };
  });
}

const joined = (selects: SQL[]) => sql`(${sql.join(selects, sql` union all `)}) c`;

const countArms = (ctx: Ctx, arms: AskedArm[]): Promise<Total> =>
  countOf(ctx, joined(arms.map(({ from, where }) => sql`(select 1 from ${from} where ${where})`)));

/** One row more than a page: as many of each arm in its own order, and of these the first. */
async function find(ctx: Ctx, arms: AskedArm[], filters: CredentialFilters, place: Place) {
  const { by, descending } = sortOf(filters);
  const walk = (column: Arm["lastUse"], id: Arm["id"] | SQL) =>
    walkFrom(place, { column, id, type: "timestamptz", descending });
  const selects = arms.map((arm) => {
    const column = by === "createdAt" ? arm.createdAt : arm.lastUse;
    const from = by === "createdAt" && descending === place.backwards ? arm.fromOldest : arm.from;
    const { beyond, order, limit } = walk(column, arm.id);
    return sql`(select ${arm.kind} as kind, ${arm.id} as id, ${column} as key, ${arm.userId} as user_id,
        ${arm.accountId} as account_id, ${arm.name} as name, ${arm.prefix} as prefix, ${arm.lastFour} as last_four,
        ${arm.address} as address, ${arm.createdAt} as created_at, ${arm.createdBy} as created_by,
        nullif(${arm.lastUse}, '-infinity'::timestamptz) as last_used_at, ${arm.expiresAt} as expires_at
      from ${from} where ${and(arm.where, beyond)} order by ${order} limit ${sql.raw(String(limit))})`;
  });
  const merged = walk(sql`c.key`, sql`c.id`);
  const moment = (column: SQL) => column.mapWith(accessTokens.createdAt);
  return ctx.db
    .select({
      id: sql<string>`c.id`,
      key: merged.key,
      kind: sql<CredentialKind>`c.kind`,
      userId: sql<string | null>`c.user_id`,
      accountId: sql<string | null>`c.account_id`,
      name: sql<string | null>`c.name`,
      prefix: sql<string | null>`c.prefix`,
      lastFour: sql<string | null>`c.last_four`,
      address: sql<string | null>`c.address`,
      createdAt: moment(sql`c.created_at`) as SQL<Date>,
      createdBy: sql<string | null>`c.created_by`,
      lastUsedAt: moment(sql`c.last_used_at`) as SQL<Date | null>,
      expiresAt: moment(sql`c.expires_at`) as SQL<Date | null>,
    })
    .from(joined(selects))
    .orderBy(merged.order)
    .limit(merged.limit);
}
