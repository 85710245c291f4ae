import { z } from "zod";

/** The address of the group list as one schema: page, heads, tokens and query read and write it here. */
export const groupSorts = ["name", "createdAt"] as const;
export type GroupSort = (typeof groupSorts)[number];

const sortNames = groupSorts.flatMap((name) => [name, `-${name}`] as const);
const unprintable = /[\p{Cc}\p{Cs}]/gu;
const search = z
  .string()
  .transform((text) => text.replace(unprintable, " ").trim().slice(0, 200))
  .default("");
const ids = z.array(z.uuid().transform((id) => id.toLowerCase())).max(50);
const cursor = z.string().max(4000).optional();

export const groupFiltersSchema = z.object({
  q: search,
  sort: z.enum(sortNames).default("name"),
  owner: ids.default([]),
  role: ids.default([]),
  after: cursor,
  before: cursor,
});

export type GroupFilters = z.output<typeof groupFiltersSchema>;

/** The members of one group: a search and a place in the list. */
export const memberFiltersSchema = z.object({ q: search, after: cursor, before: cursor });
export type MemberFilters = z.output<typeof memberFiltersSchema>;

type Params = Record<string, string | string[] | undefined>;

/** Reads an address. What it does not understand is left out and named in `ignored`, as `sort=foo`. */
export function readGroupFilters(params: Params): { filters: GroupFilters; ignored: string[] } {
  const { known, ignored } = understood(groupFiltersSchema.shape, params);
  return { filters: groupFiltersSchema.parse(known), ignored };
}

export function readMemberFilters(params: Params): { filters: MemberFilters; ignored: string[] } {
  const { known, ignored } = understood(memberFiltersSchema.shape, params);
  return { filters: memberFiltersSchema.parse(known), ignored };
}

const repeated = ["owner", "role"];

function understood(shape: Record<string, z.ZodType>, params: Params) {
  const ignored: string[] = [];
  const known: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(shape)) {
    const several = repeated.includes(name);
    const given = [params[name] ?? []].flat().filter((value) => value !== "");
    const values = (several ? given : given.slice(0, 1)).filter((value) => {
      const fits = field.safeParse(several ? [value] : value).success;
      if (!fits) ignored.push(`${name}=${value.slice(0, 60)}`);
      return fits;
    });
    if (values.length > 0) known[name] = several ? [...new Set(values)].slice(0, 50) : values[0];
  }
  return { known, ignored };
}

/** The query as pairs, without what is the default anyway; with the cursor only when asked. */
export function toPairs(filters: GroupFilters, withCursor = false): [name: string, value: string][] {
  const { q, sort, owner, role, after, before } = filters;
  return compact([
    ["q", q],
    ["sort", sort === "name" ? "" : sort],
    ...owner.map((id): [string, string] => ["owner", id]),
    ...role.map((id): [string, string] => ["role", id]),
    ["after", withCursor ? after : ""],
    ["before", withCursor ? before : ""],
  ]);
}

const compact = (pairs: [string, string | undefined][]) => pairs.filter((pair): pair is [string, string] => !!pair[1]);

export const groupsPath = "/admin/groups";

/** The address of the list with something changed. A change begins at the first page unless it names a cursor. */
export function toHref(filters: GroupFilters, change: Partial<GroupFilters> = {}, path = groupsPath): string {
  return address(path, toPairs({ ...filters, after: undefined, before: undefined, ...change }, true));
}

export function toMembersHref(groupId: string, { q, after, before }: Partial<MemberFilters>): string {
  const pairs = compact([
    ["q", q],
    ["after", after],
    ["before", before],
  ]);
  return address(`${groupsPath}/${groupId}/members`, pairs);
}

function address(path: string, pairs: [string, string][]): string {
  const query = new URLSearchParams(pairs).toString();
  return query ? `${path}?${query}` : path;
}

export const hasFilters = ({ owner, role }: GroupFilters) => owner.length + role.length > 0;

export const sortOf = ({ sort }: Pick<GroupFilters, "sort">): { by: GroupSort; descending: boolean } => ({
  by: sort.replace(/^-/, "") as GroupSort,
  descending: sort.startsWith("-"),
});

/** Where a column's head leads: sorted by it, or the other way round when it already is. */
export function sortHref(filters: GroupFilters, by: GroupSort): string {
  const { by: now, descending } = sortOf(filters);
  const down = now === by ? !descending : by === "createdAt";
  return toHref(filters, { sort: down ? `-${by}` : by });
}
