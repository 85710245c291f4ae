import { cache } from "react";
import type { Ctx } from "@/lib/context";
import { boundedTotal, encodeCursor, type Page, type Place } from "@/lib/lists/pagination";
import { sortOf } from "@/lib/lists/search-params";
import { serveList } from "@/lib/lists/serve-list";
import { searchConfigurations, searchGroups, searchManagers, searchRoles } from "@/lib/people/pickers";
import { type FoundRow, type ListedUser, withDetails } from "@/lib/people/rows";
import { type LiveStatus, liveStatuses, type UserFilters, userList } from "@/lib/users/filters";
import { type Matching, matching } from "@/lib/users/list/conditions";
import { collectFew, type Found, findWindow } from "@/lib/users/list/find";
import { cursorKeys, sortsByStatus } from "@/lib/users/list/place";
import { byStatus, sortKeys } from "@/lib/users/list/sorts";
import { countViews, type UserCounts } from "@/lib/users/list/totals";

export type UserPage = Page<ListedUser> & {
  /** The search looked at a bounded number of people and did not fill the page; the next one looks further. */
  bounded: boolean;
};

/** The people whom the actor may see (U2, U3, R11). */
export const servedUsers = serveList(userList, {
  keys: cursorKeys,
  page: (ctx, { filters, place }) => findUsers(ctx, filters, place),
  choices: { role: searchRoles, group: searchGroups, configuration: searchConfigurations, manager: searchManagers },
});

export const { ask: askUsers, page: listUsers, fitting, labels: labelFilters } = servedUsers;

/** One page from a place on. */
async function findUsers(ctx: Ctx, filters: UserFilters, place: Place): Promise<UserPage> {
  const { rows, ...page } = await findPeople(ctx, filters, place);
  return { ...page, rows: await withDetails(ctx, rows) };
}

/**
 * The same without what a person holds, which takes longer to read than who they are. Every statement on the way is bounded, so a page costs
 * the same in a large table.
 */
export async function findPeople(
  ctx: Ctx,
  filters: UserFilters,
  place: Place,
): Promise<Omit<UserPage, "rows"> & { rows: FoundRow["person"][] }> {
  const match = await matching(ctx, filters);
  const [found, counts] = await Promise.all([
    sortsByStatus(filters)
      ? findByStatus(ctx, filters, match, place)
      : find(ctx, filters, match, place, place.limit + 1),
    match.plain ? countUsers(ctx) : null,
  ]);
  const total = counts?.[filters.view] ?? found.total ?? boundedTotal(0);
  const shown = found.rows.slice(0, place.limit);
  const ordered = place.backwards ? shown.toReversed() : shown;
  const rows = ordered.map(({ person }) => person);
  return { rows, total, bounded: found.stoppedAt !== null, ...around(place, found, ordered) };
}

/** How many people each view has, unfiltered, within what the actor may see. Once per page: its tabs and its list ask both. */
export const countUsers = cache((ctx: Ctx): Promise<UserCounts> => countViews(ctx));

const find = (ctx: Ctx, filters: UserFilters, match: Matching, { cursor, backwards }: Place, limit: number) => {
  const { by, descending } = sortOf(filters);
  const lead = by === "configuration" ? match.configuration : null;
  return findWindow(ctx, match, { keys: sortKeys[by], down: descending !== backwards, from: cursor, limit, lead });
};

/** No index knows a status of this moment, so many are one list by name per status, one after the other. */
async function findByStatus(ctx: Ctx, filters: UserFilters, match: Matching, place: Place): Promise<Found> {
  const down = sortOf(filters).descending !== place.backwards;
  const window = { keys: byStatus(ctx.now()), down, from: place.cursor, limit: place.limit + 1 };
  const few = match.plain || match.many ? null : await collectFew(ctx, match, window);
  if (few?.total.kind === "exact") return few;
  const asked = liveStatuses.filter((status) => filters.status.length === 0 || filters.status.includes(status));
  const ordered = down ? asked.toReversed() : asked;
  const current = place.cursor?.keys[0] as LiveStatus | undefined;
  const all: Found = { rows: [], total: match.many ?? few?.total ?? null, stoppedAt: null };
  for (const status of current ? ordered.slice(Math.max(0, ordered.indexOf(current))) : ordered) {
    const one = { ...filters, status: [status] };
    const cursor = status === current && place.cursor ? { ...place.cursor, keys: place.cursor.keys.slice(1) } : null;
    const wanted = place.limit + 1 - all.rows.length;
    const found = await find(ctx, one, await matching(ctx, one), { ...place, cursor }, wanted);
    const labelled = (row: Found["rows"][number]) => ({ ...row, keys: [status, ...row.keys] });
    all.rows.push(...found.rows.map(labelled));
    all.stoppedAt = found.stoppedAt && labelled(found.stoppedAt);
    if (all.rows.length > place.limit || all.stoppedAt) break;
  }
  return all;
}

function around(place: Place, found: Found, shown: Found["rows"]): Pick<UserPage, "from" | "previous" | "next"> {
  const { cursor, backwards, sign, limit } = place;
  const count = shown.length;
  const more = found.rows.length > limit || found.stoppedAt !== null;
  const at = cursor?.place ?? 0;
  const from = backwards ? Math.max(1, more ? at - count : 1) : at + 1;
  const cursorTo = (row: { person: { id: string }; keys: string[] } | undefined, rowPlace: number) =>
    row
      ? encodeCursor(sign, { keys: row.keys, id: row.person.id, place: rowPlace })
      : cursor && encodeCursor(sign, cursor);
  const first = cursorTo(backwards ? (found.stoppedAt ?? shown[0]) : shown[0], from);
  const last = cursorTo((backwards ? null : found.stoppedAt) ?? shown.at(-1), from + count - 1);
  return {
    from: count === 0 ? 0 : from,
    previous: (backwards ? more : cursor !== null) ? first : null,
    next: (backwards ? true : more) ? last : null,
  };
}
