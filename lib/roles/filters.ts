import { z } from "zod";
import { declareList } from "@/lib/lists/declare-list";
import { readSearchParams, searched } from "@/lib/lists/read-search-params";
import type { Params } from "@/lib/lists/search-params";

export const roleList = declareList({
  name: "roles",
  path: "/admin/roles",
  label: "Roles",
  search: "Name, description",
  whole: true,
  columns: {
    name: "Name",
    kind: "Kind",
    operations: "Operations",
    people: "People",
    groups: "Groups",
    actions: "Actions",
  },
});

const searchSchema = z.object({ q: searched });

/** The search of the table of privileges, which is no list: its columns are the roles. */
export const readSearch = (params: Params): string => readSearchParams(searchSchema, params).filters.q;
