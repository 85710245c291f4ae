import { z } from "zod";
import { clientStatuses, connections } from "@/db/enums";
import { allClientsPath } from "@/lib/clients/paths";
import { declareList, type FiltersOf, sortable } from "@/lib/lists/declare-list";
import { choiceFilter, personFilter, searchFilter } from "@/lib/lists/filters";
import { uuid } from "@/lib/platform/uuid";

const wordsOf = (words: readonly string[]) => words.map((id) => ({ id, label: id }));

/** How a client's version stands to the setting "Newest client version". */
const versions = { outdated: "outdated", unknown: "not known yet" };
type VersionState = keyof typeof versions;

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
    version: choiceFilter(
      "Version",
      z.enum(Object.keys(versions) as VersionState[]),
      Object.entries(versions).map(([id, label]) => ({ id, label })),
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
