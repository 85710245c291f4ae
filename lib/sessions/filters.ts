import { z } from "zod";

/** The address of the lists of "Session Management": a search and a place. */
const unprintable = /[\p{Cc}\p{Cs}]/gu;

export const sessionFiltersSchema = z.object({
  q: z
    .string()
    .transform((text) => text.replace(unprintable, " ").trim().slice(0, 200))
    .default(""),
  after: z.string().max(4000).optional(),
  before: z.string().max(4000).optional(),
});

export type SessionFilters = z.output<typeof sessionFiltersSchema>;

export const sessionPaths = {
  users: "/admin/sessions",
  clients: "/admin/sessions/clients",
  locked: "/admin/sessions/locked",
} as const;

export type SessionTab = keyof typeof sessionPaths;

/** Reads an address. What it does not understand counts as not given. */
export function readSessionFilters(params: Record<string, string | string[] | undefined>): SessionFilters {
  const given = Object.fromEntries(
    Object.keys(sessionFiltersSchema.shape).map((name) => [name, [params[name] ?? []].flat()[0] || undefined]),
  );
  const parsed = sessionFiltersSchema.safeParse(given);
  return parsed.success ? parsed.data : sessionFiltersSchema.parse({});
}

/** The address of one list with something changed. A change begins at the first page unless it names a cursor. */
export function sessionHref(tab: SessionTab, { q, after, before }: Partial<SessionFilters>): string {
  const pairs = Object.entries({ q, after, before }).filter((pair): pair is [string, string] => Boolean(pair[1]));
  const query = new URLSearchParams(pairs).toString();
  return query ? `${sessionPaths[tab]}?${query}` : sessionPaths[tab];
}
