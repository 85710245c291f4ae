import type { z } from "zod";
import type { Ctx, Person } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { runAll } from "@/lib/kernel/run-all";
import type { SettingKey } from "@/lib/platform/settings-catalogue";
import { updateSetting } from "@/lib/settings/commands";
import type { updateSettingsSchema } from "@/lib/settings/schema";

/** What became of one setting: null, or why it stays as it was. */
export type SavedSetting = { key: SettingKey; refusal: string | null };

/** Changes each by its own command, with its own event: one that is refused does not block the others. Faults are thrown. */
export async function updateSettings(
  ctx: Ctx<Person>,
  inputs: z.output<typeof updateSettingsSchema>,
): Promise<SavedSetting[]> {
  const settled = await runAll(ctx, updateSetting, inputs);
  return inputs.map(({ key }, at) => {
    const one = settled[at];
    if (one?.ok) return { key, refusal: null };
    if (!(one?.error instanceof AppError) || one.error.code !== "invalid") throw one?.error;
    return { key, refusal: one.error.fields?.value ?? one.error.message };
  });
}
