import { z } from "zod";
import { clientStatuses, connections } from "@/db/enums";
import { allClientsPath } from "@/lib/clients/paths";
import { declareList, type FiltersOf, sortable } from "@/lib/lists/declare-list";
import { type Choice, choiceFilter, personFilter, searchFilter } from "@/lib/lists/filters";
import { plainText } from "@/lib/normalization/plain-text";
import { uuid } from "@/lib/platform/uuid";

const wordsOf = (words: readonly string[]) => words.map((id) => ({ id, label: id }));

/** What the filter by version knows besides the versions themselves. `outdated`: by the setting "Newest client version". */
export const versionStates: Choice[] = [
  { id: "outdated", label: "outdated" },
  { id: "unknown", label: "not known yet" },
];

/** Every client in sight (C15). */
export const allClientList = declareList({
  name: "all clients",
  path: allClientsPath,
  label: "All clients",
  search: "Client, user or id",
  sorts: { name: "Client", lastContact: "Last contact" },
  filters: {
    status: choiceFilter("Status", z.enum(clientStatuses), wordsOf(clientStatuses)),
    connection: choiceFilter("Connection", z.enum(connections), wordsOf(connections)),
    version: searchFilter(
      "Version",
      plainText(1, 64, "Version").meta({
        description: "`outdated`, `unknown`, or a version exactly as the client reports it.",
      }),
    ),
    owner: personFilter("User"),
    group: searchFilter("Group", uuid()),
  },
  columns: {
    name: sortable,
    user: "User",
    status: "Status",
    connection: "Connection",
    version: "Version",
    platform: "Platform",
    lastContact: sortable,
    actions: "Actions",
  },
});

export type AllClientFilters = FiltersOf<typeof allClientList>;
export const { toHref: allClientsHref } = allClientList;
