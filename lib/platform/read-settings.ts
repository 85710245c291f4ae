import { inArray, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { keptBuilt } from "@/db/kept";
import { settings } from "@/db/schema";
import type { Reads } from "@/lib/context";
import { type SettingKey, type Settings, settingCatalogue, settingKeys } from "@/lib/platform/settings-catalogue";

/** Every setting as it is at this moment, in one query: another process may have changed one a moment ago. */
export async function readSettings(db: Reads | Db | Tx): Promise<Settings> {
  const rows = await askSettings(db, {});
  const stored = new Map(rows.map(({ key, value }) => [key, value]));
  return Object.fromEntries(settingKeys.map((key) => [key, settingValue(key, stored.get(key))])) as Settings;
}

const askSettings = keptBuilt((db: Reads | Db | Tx) =>
  db.select({ key: settings.key, value: settings.value }).from(settings).where(inArray(settings.key, settingKeys)),
);

/** One setting as it is stored, as a column of a query that must stay one. Read it with `settingValue`. */
export const settingColumn = (key: SettingKey) => sql<unknown>`(select value from settings where key = ${key})`;

/** A stored value that is not allowed any more counts as not set. */
export function settingValue<K extends SettingKey>(key: K, stored: unknown): Settings[K] {
  // What is not stored is hardly ever another case, and asked at each request: to have it refused takes longer than to read it.
  if (stored === null || stored === undefined) return settingCatalogue[key].default as Settings[K];
  const parsed = settingCatalogue[key].schema.safeParse(stored);
  return (parsed.success ? parsed.data : settingCatalogue[key].default) as Settings[K];
}
