import { z } from "zod";
import { addressOf, cursors, searched } from "@/lib/address";
import { sessionPaths } from "@/lib/sessions/paths";

/** The address of the lists of "Session Management": a search and a place. */
export const sessionFiltersSchema = z.object({ q: searched, ...cursors });
export type SessionFilters = z.output<typeof sessionFiltersSchema>;

export const { read: readSessionFilters, toHref } = addressOf(sessionPaths.users, sessionFiltersSchema);
