import { z } from "zod";
import { type SettingKey, settingKeys } from "@/lib/platform/settings-catalogue";

/** What is typed or chosen; `value: null` is the default. The catalogue says what each setting may be. */
export const updateSettingSchema = z.strictObject({
  key: z.enum(settingKeys as [SettingKey, ...SettingKey[]]),
  value: z.union([z.string().max(100), z.number()]).nullable(),
});

/** All that one press of "Update" saves. */
export const updateSettingsSchema = z.array(updateSettingSchema).max(settingKeys.length);

/** What is typed on the page of settings; the command says what each may be. */
export const settingsFormSchema = z.record(z.string(), z.string().max(100, "At most 100 characters."));
