import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { lockNames } from "@/db/locks";
import { settings } from "@/db/schema";
import { invalidField } from "@/lib/errors";
import { noInputSchema } from "@/lib/http/no-input";
import { command } from "@/lib/kernel/command";
import { lockName, lockRows } from "@/lib/kernel/lock";
import type { Target } from "@/lib/kernel/steps";
import { settingValue } from "@/lib/platform/read-settings";
import { type SettingKey, settingCatalogue } from "@/lib/platform/settings-catalogue";
import { settingOperations } from "@/lib/settings/operations";
import { settingsPath } from "@/lib/settings/paths";
import { updateSettingSchema } from "@/lib/settings/schema";
import { settingWords } from "@/lib/settings/words";

/** Changes one setting, which applies from the next request on. `invalid` at `value` when it may not be that. */
export const updateSetting = command(settingOperations["setting.update"], {
  input: updateSettingSchema,
  route: "PATCH /settings/{key}",
  target: ({ tx }, { key }) => lockSetting(tx, key),
  change: async ({ ctx, tx, now }, _, { key, value }) => {
    const next = value === null ? settingCatalogue[key].default : parse(key, value);
    const row = { value: next, updatedAt: now, updatedBy: ctx.actor.access.personId };
    await tx
      .insert(settings)
      .values({ key, ...row })
      .onConflictDoUpdate({ target: settings.key, set: row });
    return { value: { key }, after: traceOf(key, next) };
  },
  refresh: () => [settingsPath],
});

/** Set by the upgrade that took the mail server from those who may only change settings (R15). */
export const mailNotice = "notice.mail_configure";

/** Takes the notice about who may set how mail is sent from everybody's Home. */
export const dismissNotice = command(settingOperations["setting.update"], {
  key: "setting.dismiss_notice",
  input: noInputSchema,
  target: async ({ tx }) => {
    const [row] = await lockRows(tx, tx.select().from(settings).where(eq(settings.key, mailNotice)), "update");
    const facts = { setting: "Notice about who can set how mail is sent" };
    return { id: null, person: null, record: row ?? null, trace: { value: "shown" }, facts };
  },
  already: (row) => (row ? null : { value: {} }),
  change: async ({ tx }) => {
    await tx.delete(settings).where(eq(settings.key, mailNotice));
    return { value: {}, after: { value: "dismissed" } };
  },
  refresh: () => ["/admin"],
});

/** There once somebody has taken the list of first steps away. */
export const firstStepsNotice = "notice.first_steps";

/** Takes the list of first steps from everybody's Home. */
export const dismissFirstSteps = command(settingOperations["setting.update"], {
  key: "setting.dismiss_first_steps",
  input: noInputSchema,
  target: async ({ tx }) => {
    await lockName(tx, lockNames.setting(firstStepsNotice));
    const [row] = await tx.select().from(settings).where(eq(settings.key, firstStepsNotice));
    const facts = { setting: "First steps on Home" };
    return { id: null, person: null, record: row ?? null, trace: { value: "shown" }, facts };
  },
  already: (row) => (row ? { value: {} } : null),
  change: async ({ ctx, tx, now }) => {
    const row = { value: "dismissed", updatedAt: now, updatedBy: ctx.actor.access.personId };
    await tx.insert(settings).values({ key: firstStepsNotice, ...row });
    return { value: {}, after: { value: "dismissed" } };
  },
  refresh: () => ["/admin"],
});

/** Locked by its name, since the row of a setting that nobody has changed is not there yet. */
async function lockSetting(tx: Tx, key: SettingKey): Promise<Target<SettingKey>> {
  await lockName(tx, lockNames.setting(key));
  const [row] = await tx.select().from(settings).where(eq(settings.key, key));
  return {
    id: null,
    person: null,
    record: key,
    trace: traceOf(key, settingValue(key, row?.value)),
    facts: { setting: settingCatalogue[key].label },
  };
}

const traceOf = (key: SettingKey, value: unknown) => ({ value: settingWords(key, value) });

const textOf = (key: SettingKey) => (settingCatalogue[key] as { text?: { wanted: string } }).text;

function parse(key: SettingKey, value: string | number) {
  const schema: z.ZodType<string | number> = settingCatalogue[key].schema;
  const typed = textOf(key) ? String(value).trim() : value;
  const parsed = schema.safeParse(typed === "" && !textOf(key) ? undefined : typed);
  if (!parsed.success) throw invalidField("value", rangeWords(key));
  return parsed.data;
}

/** "Enter a whole number from 3 to 20." */
function rangeWords(key: SettingKey): string {
  const text = textOf(key);
  if (text) return text.wanted;
  const { minimum, maximum } = rangeOf(key);
  return minimum === undefined ? "Choose one of these." : `Enter a whole number from ${minimum} to ${maximum}.`;
}

/** The least and the most that a number may be, as its schema says. */
export function rangeOf(key: SettingKey): { minimum?: number; maximum?: number } {
  const { minimum, maximum } = z.toJSONSchema(settingCatalogue[key].schema);
  return { minimum, maximum };
}
