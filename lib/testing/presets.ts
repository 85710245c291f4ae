import type { Db, Tx } from "@/db/client";
import type { PresetKey } from "@/db/seed/presets/preset";
import { installPreset } from "@/lib/roles/presets";

/** The roles of a preset, for a test; gives the role ids by name. */
export const loadPreset = (tx: Db | Tx, key: PresetKey = "quality_assurance"): Promise<Map<string, string>> =>
  tx.transaction((inner) => installPreset(inner, key));
