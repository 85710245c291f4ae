import type { Ctx } from "@/lib/context";
import { configurationNames } from "@/lib/people/names";
import { type Choice, searchGroups, searchManagers, searchRoles } from "@/lib/people/pickers";
import type { UserFilters } from "@/lib/users/filters";

export type FilterLabels = Record<"role" | "group" | "manager" | "configuration", Choice[]>;

/** What the chosen values of a filter are called; one that is gone, or out of sight, is called "unknown". */
export async function labelFilters(ctx: Ctx, filters: UserFilters): Promise<FilterLabels> {
  const named = async (ids: string[], find: (ctx: Ctx, wanted: { ids: string[] }) => Promise<Choice[]>) => {
    const found = ids.length > 0 ? await find(ctx, { ids }) : [];
    return ids.map((id) => found.find((choice) => choice.id === id) ?? { id, label: "unknown" });
  };
  const [role, group, manager] = await Promise.all([
    named(filters.role, searchRoles),
    named(filters.group, searchGroups),
    named(filters.manager, searchManagers),
  ]);
  const nameOf = await configurationNames(ctx.db, filters.configuration);
  const configuration = filters.configuration.map((id) => ({ id, label: nameOf(id) }));
  return { role, group, manager, configuration };
}
