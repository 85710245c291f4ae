import { z } from "zod";

/** The address of the user list as one schema: page, heads, tokens, query and API read and write it here. */
export const userSorts = ["name", "username", "email", "status", "configuration", "createdAt", "lastSignInAt"] as const;
export type UserSort = (typeof userSorts)[number];

export const liveStatuses = ["active", "disabled", "invited", "locked"] as const;
export type LiveStatus = (typeof liveStatuses)[number];

export const userViews = ["active", "archived"] as const;

const sortNames = userSorts.flatMap((name) => [name, `-${name}`] as const);
const unprintable = /[\p{Cc}\p{Cs}]/gu;

const ids = z.array(z.uuid().transform((id) => id.toLowerCase())).max(50);

export const userFiltersSchema = z.object({
  q: z
    .string()
    .transform((text) => text.replace(unprintable, " ").trim().slice(0, 200))
    .default(""),
  view: z.enum(userViews).default("active"),
  sort: z.enum(sortNames).default("name"),
  after: z.string().max(4000).optional(),
  before: z.string().max(4000).optional(),
  status: z.array(z.enum(liveStatuses)).default([]),
  role: ids.default([]),
  group: ids.default([]),
  configuration: z
    .array(
      z
        .string()
        .min(1)
        .max(100)
        .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text)),
    )
    .max(50)
    .default([]),
  manager: ids.default([]),
  dormant: z.array(z.union([z.literal("never"), z.coerce.number().int().min(1).max(3650)])).default([]),
});

export type UserFilters = z.output<typeof userFiltersSchema>;
export type UserFilterName = "status" | "role" | "group" | "configuration" | "manager" | "dormant";
type SortName = UserFilters["sort"];

export const userFilterNames = ["status", "role", "group", "configuration", "manager", "dormant"] as const;

type Params = Record<string, string | string[] | undefined>;

/** Reads an address. What it does not understand is left out and named in `ignored`, as `status=foo`. */
export function readUserFilters(params: Params): { filters: UserFilters; ignored: string[] } {
  const ignored: string[] = [];
  const known: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(userFiltersSchema.shape)) {
    const values = [params[name] ?? []].flat().filter((value) => value !== "");
    const repeated = isRepeated(name);
    const understood = (repeated ? values : values.slice(0, 1)).filter((value) => {
      const fits = field.safeParse(repeated ? [value] : value).success;
      if (!fits) ignored.push(`${name}=${value.slice(0, 60)}`);
      return fits;
    });
    if (understood.length > 0) known[name] = repeated ? [...new Set(understood)].slice(0, 50) : understood[0];
  }
  const filters = userFiltersSchema.parse(known);
  return { filters: filters.view === "archived" ? { ...filters, status: [] } : filters, ignored };
}

const isRepeated = (name: string): name is UserFilterName => (userFilterNames as readonly string[]).includes(name);

/** The query as pairs, without what is the default anyway; with the cursor only when asked. */
export function toPairs(filters: UserFilters, cursor = false): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  if (filters.q) pairs.push(["q", filters.q]);
  if (filters.view !== "active") pairs.push(["view", filters.view]);
  if (filters.sort !== "name") pairs.push(["sort", filters.sort]);
  for (const name of userFilterNames) for (const value of filters[name]) pairs.push([name, String(value)]);
  if (cursor && filters.after) pairs.push(["after", filters.after]);
  if (cursor && filters.before) pairs.push(["before", filters.before]);
  return pairs;
}

/** The address of the list with something changed. A change begins at the first page unless it names a cursor. */
export function toHref(filters: UserFilters, change: Partial<UserFilters> = {}, path = "/admin/users"): string {
  const next = { ...filters, after: undefined, before: undefined, ...change };
  const query = new URLSearchParams(toPairs(next, true)).toString();
  return query ? `${path}?${query}` : path;
}

export const hasFilters = (filters: UserFilters) => userFilterNames.some((name) => filters[name].length > 0);

export const noFilters = {
  status: [],
  role: [],
  group: [],
  configuration: [],
  manager: [],
  dormant: [],
} satisfies Pick<UserFilters, UserFilterName>;

export const sortOf = (filters: Pick<UserFilters, "sort">): { by: UserSort; descending: boolean } => ({
  by: filters.sort.replace(/^-/, "") as UserSort,
  descending: filters.sort.startsWith("-"),
});

/** Where a column's head leads: sorted by it, or the other way round when it already is. */
export function sortHref(filters: UserFilters, by: UserSort): string {
  const { by: now, descending } = sortOf(filters);
  const firstDown = by === "lastSignInAt" || by === "createdAt";
  const next: SortName = now === by ? (descending ? by : `-${by}`) : firstDown ? `-${by}` : by;
  return toHref(filters, { sort: next });
}
