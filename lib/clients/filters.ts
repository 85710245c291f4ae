import { declareList } from "@/lib/lists/declare-list";

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
