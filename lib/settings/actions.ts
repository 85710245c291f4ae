"use server";
import { action } from "@/lib/http/action";
import { dismissFirstSteps, dismissNotice, updateSetting } from "@/lib/settings/commands";

export const updateSettingAction = action(updateSetting);
export const dismissNoticeAction = action(dismissNotice);
export const dismissFirstStepsAction = action(dismissFirstSteps);
