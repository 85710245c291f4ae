import { type SettingKey, settingCatalogue } from "@/lib/platform/settings-catalogue";

type Told = { unit?: string; choices?: Record<string, string> };

const noun = (unit: string, value: unknown) => (value === 1 ? unit.replace(/s$/, "") : unit);

/** A value in words: "12 hours", "Administrators". */
export function settingWords(key: SettingKey, value: unknown): string {
  const { unit, choices } = settingCatalogue[key] as Told;
  if (choices) return choices[String(value)] ?? String(value);
  return unit ? `${value} ${noun(unit, value)}` : String(value);
}
