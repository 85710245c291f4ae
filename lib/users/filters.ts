import { z } from "zod";
import { addressOf, cursors, repeated, searched, sorted } from "@/lib/lists/read-search-params";
import { nextSort, type Params } from "@/lib/lists/search-params";
import { uuid } from "@/lib/uuid";

/** The address of the user list as one schema: page, heads, tokens, query and API read and write it here. */
export const userSorts = ["name", "username", "email", "status", "configuration", "createdAt", "lastSignInAt"] as const;
export type UserSort = (typeof userSorts)[number];

export const liveStatuses = ["active", "disabled", "invited", "locked"] as const;
export type LiveStatus = (typeof liveStatuses)[number];

export const userViews = ["active", "archived"] as const;

const configuration = z
  .string()
  .min(1)
  .max(100)
  .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text));

export const userFiltersSchema = z.object({
  q: searched,
  view: z.enum(userViews).default("active"),
  sort: sorted(userSorts).default("name"),
  status: repeated(z.enum(liveStatuses)),
  role: repeated(uuid()),
  group: repeated(uuid()),
  configuration: repeated(configuration),
  manager: repeated(uuid()),
  dormant: repeated(z.union([z.literal("never"), z.coerce.number().int().min(1).max(3650)])),
  ...cursors,
});

export type UserFilters = z.output<typeof userFiltersSchema>;
export const userFilterNames = ["status", "role", "group", "configuration", "manager", "dormant"] as const;
export type UserFilterName = (typeof userFilterNames)[number];

const address = addressOf("/admin/users", userFiltersSchema);
export const { toPairs, toHref } = address;

/** The archived have no other status, so that filter is left out there. */
export function readUserFilters(params: Params): { filters: UserFilters; ignored: string[] } {
  const { filters, ignored } = address.read(params);
  return { filters: filters.view === "archived" ? { ...filters, status: [] } : filters, ignored };
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

/** Where a column's head leads: sorted by it, or the other way round when it already is. */
export const sortHref = (filters: UserFilters, by: UserSort) => toHref(filters, { sort: nextSort(filters, by) });

const sortLabels: Record<UserSort, string> = {
  name: "Name",
  username: "Username",
  email: "Email",
  status: "Status",
  configuration: "Configuration",
  createdAt: "Created",
  lastSignInAt: "Last sign-in",
};

export const sortChoices = userSorts.map((by) => ({ by, label: sortLabels[by] }));
