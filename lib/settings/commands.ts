import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { lockNames } from "@/db/locks";
import { settings } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { invalidField } from "@/lib/errors";
import { mutate, type Target } from "@/lib/mutate";
import { type SettingKey, settingCatalogue } from "@/lib/settings/catalogue";
import { settingValue } from "@/lib/settings/read";
import type { UpdateSetting } from "@/lib/settings/schema";
import { settingWords } from "@/lib/settings/words";

/** Changes one setting, which holds from the next request on. `invalid` at `value` when it may not be that. */
export function updateSetting(ctx: Ctx, { key, value }: UpdateSetting): Promise<{ key: SettingKey }> {
  return mutate(ctx, "setting.update", {
    target: (tx) => lockSetting(tx, key),
    change: async (tx) => {
      const next = value === null ? settingCatalogue[key].default : parse(key, value);
      const updatedBy = ctx.actor.access.personId;
      const row = { value: next, updatedAt: ctx.now(), updatedBy };
      await tx
        .insert(settings)
        .values({ key, ...row })
        .onConflictDoUpdate({ target: settings.key, set: row });
      return { value: { key }, after: traceOf(key, next) };
    },
  });
}

/** Set by the upgrade that took the mail server from those who may only change settings (R15). */
export const mailNotice = "notice.mail_configure";

/** Takes the notice about who may set how mail is sent from everybody's Home. */
export function dismissNotice(ctx: Ctx): Promise<Record<string, never>> {
  return mutate(ctx, "setting.update", {
    target: async (tx) => {
      const [row] = await tx.select().from(settings).where(eq(settings.key, mailNotice)).for("update");
      const facts = { setting: "Notice about who may set how mail is sent" };
      return { id: null, person: null, record: row ?? null, trace: { value: "shown" }, facts };
    },
    already: (row) => (row ? null : { value: {} }),
    change: async (tx) => {
      await tx.delete(settings).where(eq(settings.key, mailNotice));
      return { value: {}, after: { value: "dismissed" } };
    },
  });
}

/** Locked by its name, since the row of a setting that nobody has changed is not there yet. */
async function lockSetting(tx: Tx, key: SettingKey): Promise<Target<SettingKey>> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${lockNames.setting(key)}))`);
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

function parse(key: SettingKey, value: string | number) {
  const schema: z.ZodType<string | number> = settingCatalogue[key].schema;
  const parsed = schema.safeParse(value === "" ? undefined : value);
  if (!parsed.success) throw invalidField("value", rangeWords(key));
  return parsed.data;
}

/** "Enter a whole number from 3 to 20." */
function rangeWords(key: SettingKey): string {
  const { minimum, maximum } = rangeOf(key);
  return minimum === undefined ? "Choose one of these." : `Enter a whole number from ${minimum} to ${maximum}.`;
}

/** The least and the most that a number may be, as its schema says. */
export function rangeOf(key: SettingKey): { minimum?: number; maximum?: number } {
  const { minimum, maximum } = z.toJSONSchema(settingCatalogue[key].schema);
  return { minimum, maximum };
}
