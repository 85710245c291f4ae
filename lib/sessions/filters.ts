import { declareList, type FiltersOf } from "@/lib/lists/declare-list";
import { sessionLabels, sessionPaths } from "@/lib/sessions/paths";

/** The lists of "Session Management". Each begins with its latest moment. */
export const activeUserList = declareList({
  name: "active users",
  path: sessionPaths.users,
  label: sessionLabels.users,
  search: "Name, email, id or address",
  columns: {
    name: "Name",
    username: "User name",
    role: "Role",
    lastSignIn: "Last sign-in",
    address: "Address",
    device: "Device",
    since: "Since",
    actions: "Actions",
  },
});

export const activeClientList = declareList({
  name: "active clients",
  path: sessionPaths.clients,
  label: sessionLabels.clients,
  search: "Client, name, email or id",
  columns: {
    client: "Client",
    user: "User",
    username: "User name",
    address: "Address",
    version: "Version",
    lastBeat: "Last heartbeat",
    actions: "Actions",
  },
});

export const lockedUserList = declareList({
  name: "locked users",
  path: sessionPaths.locked,
  label: sessionLabels.locked,
  search: "Name, email or id",
  columns: {
    name: "Name",
    username: "User name",
    role: "Role",
    since: "Since",
    until: "Until",
    actions: "Actions",
  },
});

export const sessionLists = { users: activeUserList, clients: activeClientList, locked: lockedUserList };

export type SessionFilters = FiltersOf<typeof activeUserList>;
export const readSessionFilters = activeUserList.read;
