import { z } from "zod";
import { declareList, type FiltersOf, type SortOf, sortable } from "@/lib/lists/declare-list";
import { choiceFilter, personFilter, searchFilter } from "@/lib/lists/filters";
import { uuid } from "@/lib/platform/uuid";

export const liveStatuses = ["active", "disabled", "invited", "locked"] as const;
export type LiveStatus = (typeof liveStatuses)[number];

const configuration = z
  .string()
  .min(1)
  .max(100)
  .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text));

/** Days since the last sign-in. */
const dormancy = z.union([z.literal("never"), z.coerce.number().int().min(1).max(3650)]);
const dormancyLabel = (days: string) => (days === "never" ? "never" : `more than ${days} days ago`);

export const userList = declareList({
  name: "users",
  path: "/admin/users",
  label: "Users",
  search: "Name, email or id",
  views: {
    active: { label: "Active", title: "Everybody who is not archived: active, invited, disabled and locked" },
    archived: { label: "Archived", title: "Users who were removed and can be restored", without: ["status"] },
  },
  sorts: {
    name: "Name",
    username: "User name",
    email: "Email",
    status: "Status",
    configuration: "Configuration",
    createdAt: "Created",
    lastSignInAt: "Last sign-in",
  },
  filters: {
    status: choiceFilter(
      "Status",
      z.enum(liveStatuses),
      liveStatuses.map((id) => ({ id, label: id })),
    ),
    role: searchFilter("Role", uuid()),
    group: searchFilter("Group", uuid()),
    configuration: searchFilter("Configuration", configuration),
    manager: personFilter("Manager"),
    dormant: choiceFilter(
      "Last sign-in",
      dormancy,
      ["never", "30", "90", "180", "365"].map((id) => ({ id, label: dormancyLabel(id) })),
      dormancyLabel,
    ),
  },
  columns: {
    name: sortable,
    username: sortable,
    email: sortable,
    roles: "Roles",
    configuration: sortable,
    groups: "Groups",
    status: sortable,
    clients: "Clients",
    lastSignInAt: sortable,
    actions: "Actions",
  },
  shownIn: { email: "name" },
  off: ["username", "configuration"],
});

export type UserFilters = FiltersOf<typeof userList>;
export type UserSort = SortOf<typeof userList>;
export const userSorts = Object.keys(userList.sorts) as UserSort[];
export const { read: readUserFilters, toPairs, toHref, sortHref } = userList;
