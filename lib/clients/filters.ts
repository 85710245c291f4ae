import { declareList } from "@/lib/lists/declare-list";
import type { Cursors } from "@/lib/lists/pagination";

/** One person's clients: a place in the list. */
export const clientList = declareList({
  name: "clients",
  path: "/account/clients",
  label: "Clients",
  columns: {
    name: "Name",
    status: "Status",
    connection: "Connection",
    token: "Token",
    version: "Version",
    actions: "Actions",
  },
});

export const clientsHref = (path: string, place: Cursors) => clientList.toHref({}, place, path);
