import { eq } from "drizzle-orm";
import { settings, users } from "@/db/schema";
import { decide, noRelation } from "@/lib/access/decide";
import { within } from "@/lib/access/relation";
import type { Ctx, Person } from "@/lib/context";
import { type SettingKey, type Settings, settingCatalogue, settingKeys } from "@/lib/settings/catalogue";
import { rangeOf } from "@/lib/settings/commands";
import { settingValue } from "@/lib/settings/read";
import { settingWords } from "@/lib/settings/words";
import { fullName } from "@/lib/users/names";
import { mayNot, type Verdict, yes } from "@/lib/verdict";

/** One setting as its screen shows it. */
export type ShownSetting = {
  key: SettingKey;
  group: string;
  label: string;
  sentence: string;
  unit: string | null;
  choices: { value: string; label: string }[] | null;
  minimum: number | null;
  maximum: number | null;
  value: string;
  words: string;
  isDefault: boolean;
  defaultWords: string;
  /** Who set it last, and when; null when nobody has. `by` is null for Gatehouse itself and for somebody out of sight. */
  changed: { at: Date; by: { id: string; name: string } | null } | null;
};

/** Every setting in the order of the catalogue. */
export async function listSettings(ctx: Ctx<Person>): Promise<ShownSetting[]> {
  const rows = await ctx.db
    .select({ setting: settings, user: users })
    .from(settings)
    .leftJoin(users, eq(users.id, settings.updatedBy));
  const mine = ctx.actor.id;
  const inSight = new Set(
    (
      await ctx.db
        .select({ id: users.id })
        .from(users)
        .innerJoin(settings, eq(settings.updatedBy, users.id))
        .where(within(ctx, "user.read", users.id))
    ).map(({ id }) => id),
  );
  const stored = new Map(rows.map((row) => [row.setting.key, row]));
  return settingKeys.map((key) => {
    const row = stored.get(key);
    const by =
      row?.user && (inSight.has(row.user.id) || row.user.id === mine)
        ? { id: row.user.id, name: fullName(row.user) }
        : null;
    return {
      ...shown(key, settingValue(key, row?.setting.value)),
      changed: row ? { at: row.setting.updatedAt, by } : null,
    };
  });
}

type Described = { group: string; label: string; sentence: string; unit?: string; choices?: Record<string, string> };

function shown(key: SettingKey, value: Settings[SettingKey]): Omit<ShownSetting, "changed"> {
  const { group, label, sentence, unit, choices }: Described = settingCatalogue[key];
  const { minimum = null, maximum = null } = rangeOf(key);
  const standard = settingCatalogue[key].default;
  return {
    key,
    group,
    label,
    sentence,
    unit: unit ?? null,
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
export const mayChangeSettings = ({ actor }: Ctx<Person>): Verdict =>
  decide(actor.access, "setting.update", noRelation).allowed
    ? yes
    : mayNot("You may see the settings and not change them.");
