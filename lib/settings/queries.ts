import { settings } from "@/db/schema";
import { type Decision, mayNot, yes } from "@/lib/authz/decision";
import { decideByScope, noRelation } from "@/lib/authz/evaluate";
import { requireAll } from "@/lib/authz/relation";
import type { Ctx, Person } from "@/lib/context";
import { namesInSight } from "@/lib/people/scoped";
import { settingValue } from "@/lib/platform/read-settings";
import { type SettingKey, type Settings, settingCatalogue, settingKeys } from "@/lib/platform/settings-catalogue";
import { rangeOf } from "@/lib/settings/commands";
import { settingWords } from "@/lib/settings/words";

/** One setting as its screen shows it. */
export type ShownSetting = {
  key: SettingKey;
  group: string;
  label: string;
  sentence: string;
  unit: string | null;
  /** A text, where it is neither a number nor one of some choices. */
  isText: boolean;
  choices: { value: string; label: string }[] | null;
  minimum: number | null;
  maximum: number | null;
  value: string;
  words: string;
  isDefault: boolean;
  defaultWords: string;
  /** Who set it last, and when; null when nobody has. `by` is null for Gatehouse itself and for people you cannot see. */
  changed: { at: Date; by: { id: string; name: string } | null } | null;
};

/** Every setting in the order of the catalogue. */
export async function listSettings(ctx: Ctx): Promise<ShownSetting[]> {
  requireAll(ctx, "setting.read", "You don't have permission to see the settings.");
  const rows = await ctx.db.select().from(settings);
  const names = await namesInSight(
    ctx,
    rows.flatMap(({ updatedBy }) => updatedBy ?? []),
  );
  const stored = new Map(rows.map((row) => [row.key, row]));
  return settingKeys.map((key) => {
    const row = stored.get(key);
    const by = names.get(row?.updatedBy ?? "") ?? null;
    return { ...shown(key, settingValue(key, row?.value)), changed: row ? { at: row.updatedAt, by } : null };
  });
}

type Described = {
  group: string;
  label: string;
  sentence: string;
  unit?: string;
  choices?: Record<string, string>;
  text?: object;
};

function shown(key: SettingKey, value: Settings[SettingKey]): Omit<ShownSetting, "changed"> {
  const { group, label, sentence, unit, choices, text }: Described = settingCatalogue[key];
  const { minimum = null, maximum = null } = rangeOf(key);
  const standard = settingCatalogue[key].default;
  return {
    key,
    group,
    label,
    sentence,
    unit: unit ?? null,
    isText: text !== undefined,
    choices: choices ? Object.entries(choices).map(([choice, words]) => ({ value: choice, label: words })) : null,
    minimum,
    maximum,
    value: String(value),
    words: settingWords(key, value),
    isDefault: value === standard,
    defaultWords: settingWords(key, standard),
  };
}

/** Whether this person may change them. */
export const mayChangeSettings = ({ actor }: Ctx<Person>): Decision =>
  decideByScope(actor.access, "setting.update", noRelation).allowed
    ? yes
    : mayNot("You can view the settings but not change them.");
