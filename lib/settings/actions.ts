"use server";
import { action, defineAction } from "@/lib/http/action";
import { dismissFirstSteps, dismissNotice } from "@/lib/settings/commands";
import { settingsPath } from "@/lib/settings/paths";
import { updateSettingsSchema } from "@/lib/settings/schema";
import { updateSettings } from "@/lib/settings/update-all";

export const updateSettingsAction = defineAction({
  input: updateSettingsSchema,
  run: updateSettings,
  refresh: () => [settingsPath],
});
export const dismissNoticeAction = action(dismissNotice);
export const dismissFirstStepsAction = action(dismissFirstSteps);
