"use server";
import { defineAction } from "@/lib/action";
import { dismissNotice, updateSetting } from "@/lib/settings/commands";
import { dismissNoticeSchema, updateSettingSchema } from "@/lib/settings/schema";

export const updateSettingAction = defineAction({
  input: updateSettingSchema,
  run: updateSetting,
  refresh: () => ["/admin/settings"],
});

export const dismissNoticeAction = defineAction({
  input: dismissNoticeSchema,
  run: dismissNotice,
  refresh: () => ["/admin"],
});
