import { z } from "zod";
import { addressOf, cursors, searched } from "@/lib/lists/read-search-params";

/** The address of the lists of "Session Management": a search and a place. */
export const sessionFiltersSchema = z.object({ q: searched, ...cursors });
export type SessionFilters = z.output<typeof sessionFiltersSchema>;

export const sessionPaths = {
  users: "/admin/sessions",
  clients: "/admin/sessions/clients",
  locked: "/admin/sessions/locked",
} as const;

export type SessionTab = keyof typeof sessionPaths;

export const { read: readSessionFilters, toHref } = addressOf(sessionPaths.users, sessionFiltersSchema);
