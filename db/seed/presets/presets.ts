import { agentLifeCycle } from "./agent-life-cycle";
import { backOffice } from "./back-office";
import type { Preset, PresetKey } from "./preset";
import { qualityAssurance } from "./quality-assurance";

/** Chosen at /setup; the first is the default and the demonstration's (R1). */
export const presets: Preset[] = [qualityAssurance, agentLifeCycle, backOffice];

export function presetOf(key: PresetKey): Preset {
  const preset = presets.find((candidate) => candidate.key === key);
  if (!preset) throw new Error(`There is no preset "${key}"`);
  return preset;
}
