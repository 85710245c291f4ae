import { type SettingKey, settingCatalogue, settingKeys } from "@/lib/platform/settings-catalogue";

type Told = { unit?: string; choices?: Record<string, string>; text?: { blank: string } };

const noun = (unit: string, value: unknown) => (value === 1 ? unit.replace(/s$/, "") : unit);

/** A value in words: "12 hours", "Administrators". */
export function settingWords(key: SettingKey, value: unknown): string {
  const { unit, choices, text } = settingCatalogue[key] as Told;
  if (text && value === "") return text.blank;
  if (choices) return choices[String(value)] ?? String(value);
  return unit ? `${value} ${noun(unit, value)}` : String(value);
}

/** By key, the text in the field of a setting that has its default. */
export const settingDefaults = (): Record<string, string> =>
  Object.fromEntries(settingKeys.map((key) => [key, String(settingCatalogue[key].default)]));
