import type { Declaration } from "@/lib/lists/declare-list";
import { sessionLabels, sessionPaths } from "@/lib/sessions/paths";

/** What the lists of "Session Management" are, without the schemas of their addresses: the browser draws them by this. */
export const activeUsers = {
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
} as const satisfies Declaration;

export const activeClients = {
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
} as const satisfies Declaration;

export const lockedUsers = {
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
} as const satisfies Declaration;
