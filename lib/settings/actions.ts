"use server";
import { defineAction } from "@/lib/action";
import { updateSetting } from "@/lib/settings/commands";
import { updateSettingSchema } from "@/lib/settings/schema";

export const updateSettingAction = defineAction({
  input: updateSettingSchema,
  run: updateSetting,
  refresh: () => ["/admin/settings"],
});
