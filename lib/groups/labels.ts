import type { Ctx } from "@/lib/context";
import type { GroupFilters } from "@/lib/groups/filters";
import { type Choice, searchOwners, searchRoles } from "@/lib/people/pickers";

/** What the chosen values of a filter are called; one that is gone, or out of sight, is called "unknown". */
export async function labelFilters(ctx: Ctx, filters: GroupFilters): Promise<{ owner: Choice[]; role: Choice[] }> {
  const named = async (ids: string[], find: (ctx: Ctx, wanted: { ids: string[] }) => Promise<Choice[]>) => {
    const found = ids.length > 0 ? await find(ctx, { ids }) : [];
    return ids.map((id) => found.find((choice) => choice.id === id) ?? { id, label: "unknown" });
  };
  const [owner, role] = await Promise.all([named(filters.owner, searchOwners), named(filters.role, searchRoles)]);
  return { owner, role };
}
