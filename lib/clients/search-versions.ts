import { and, sql } from "drizzle-orm";
import { clients } from "@/db/schema";
import { within } from "@/lib/authz/relation";
import { versionStates } from "@/lib/clients/all-filters";
import type { Ctx } from "@/lib/context";
import type { Choice, Wanted } from "@/lib/lists/filters";
import { isFound } from "@/lib/normalization/search";

const most = 20;

/** What the filter by version offers: its states, then the versions in sight that contain a text; at most 20. */
export async function searchVersions(ctx: Ctx, wanted: Wanted): Promise<Choice[]> {
  if (typeof wanted !== "string")
    return wanted.ids.map((id) => versionStates.find((state) => state.id === id) ?? { id, label: id });
  const states = versionStates.filter(({ label }) => isFound(wanted, label));
  const rows = await ctx.db
    .selectDistinct({ id: sql<string>`${clients.version} collate "C"` })
    .from(clients)
    .where(
      and(
        sql`strpos(lower(${clients.version}), ${wanted.toLowerCase()}) > 0`,
        within(ctx, "client.read", clients.userId),
      ),
    )
    .orderBy(sql`1`)
    .limit(most - states.length);
  return [...states, ...rows.map(({ id }) => ({ id, label: id }))];
}
