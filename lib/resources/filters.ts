import { z } from "zod";
import { declareList, type FiltersOf, sortable } from "@/lib/lists/declare-list";
import { choiceFilter, linkFilter, momentValue, personFilter, searchFilter } from "@/lib/lists/filters";
import { resourcesPath } from "@/lib/resources/paths";
import { externalId, resourceType } from "@/lib/resources/schema";

const asItIs = (value: string) => value;

export const resourceList = declareList({
  name: "resources",
  path: resourcesPath,
  label: "Resources",
  search: "Name or external id",
  sorts: { name: "Name", updatedAt: "Changed" },
  filters: {
    type: searchFilter("Type", resourceType),
    owner: personFilter("Owner"),
    ownership: choiceFilter("Ownership", z.enum(["left"]), [{ id: "left", label: "no active owner" }]),
    externalId: linkFilter("External id", externalId, asItIs),
    /** For programs that ask what has changed since they asked last. */
    updatedAfter: linkFilter("Changed after", momentValue, asItIs),
  },
  columns: {
    name: sortable,
    type: "Type",
    externalId: "External id",
    owner: "Owner",
    updatedAt: sortable,
    actions: "Actions",
  },
});

export type ResourceFilters = FiltersOf<typeof resourceList>;
export const { toHref: resourcesHref } = resourceList;
