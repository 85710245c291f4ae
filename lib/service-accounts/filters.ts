import { z } from "zod";
import { accountStatuses } from "@/lib/authz/service-account-status";
import { declareList, type FiltersOf, sortable } from "@/lib/lists/declare-list";
import { choiceFilter, personFilter } from "@/lib/lists/filters";
import { serviceAccountsPath } from "@/lib/service-accounts/paths";

export const serviceAccountList = declareList({
  name: "service accounts",
  path: serviceAccountsPath,
  label: "Service accounts",
  search: "Name or id",
  sorts: { name: "Name", createdAt: "Created" },
  filters: {
    status: choiceFilter(
      "Status",
      z.enum(accountStatuses),
      accountStatuses.map((id) => ({ id, label: id })),
    ),
    owner: personFilter("Owner"),
  },
  columns: {
    name: sortable,
    owner: "Owner",
    roles: "Roles",
    status: "Status",
    tokens: "Tokens",
    lastUse: "Last used",
    createdAt: sortable,
  },
});

export type AccountFilters = FiltersOf<typeof serviceAccountList>;
export const { toHref: accountsHref, read: readAccountFilters } = serviceAccountList;
