import { z } from "zod";
import { type SettingKey, settingKeys } from "@/lib/platform/settings-catalogue";

/** What is typed or chosen; `value: null` is the default. The catalogue says what each setting may be. */
export const updateSettingSchema = z.strictObject({
  key: z.enum(settingKeys as [SettingKey, ...SettingKey[]]),
  value: z.union([z.string().max(100), z.number()]).nullable(),
});

export type UpdateSetting = z.output<typeof updateSettingSchema>;
