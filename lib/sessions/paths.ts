/** The addresses of the lists of "Session Management". Apart from their filters: the browser needs no schema to know them. */
export const sessionPaths = {
  users: "/admin/sessions",
  clients: "/admin/sessions/clients",
  locked: "/admin/sessions/locked",
} as const;

export type SessionTab = keyof typeof sessionPaths;

/** What each of them is called. */
export const sessionLabels: Record<SessionTab, string> = {
  users: "Active Users",
  clients: "Active Clients",
  locked: "Locked Users",
};
