import type { PresetKey } from "@/db/seed/presets/preset";
import { presets } from "@/db/seed/presets/presets";
import type { Ctx } from "@/lib/context";
import { presetPlan, type Skipped } from "@/lib/roles/presets";
import { requireRoles } from "@/lib/roles/store";

export type PresetOffer = { key: PresetKey; name: string; description: string; adds: string[]; skipped: Skipped[] };

/** Each preset with what adding it would add, and what it would leave out and why. */
export async function presetOffers(ctx: Ctx): Promise<PresetOffer[]> {
  requireRoles(ctx);
  const offers: PresetOffer[] = [];
  for (const preset of presets) {
    const { adds, skipped } = await presetPlan(ctx.db, preset);
    offers.push({
      key: preset.key,
      name: preset.name,
      description: preset.description,
      adds: adds.map(({ name }) => name),
      skipped,
    });
  }
  return offers;
}
