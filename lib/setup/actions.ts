"use server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { anonymousCtx } from "@/lib/auth/current";
import type { Ctx } from "@/lib/context";
import { answer, defineAction } from "@/lib/http/action";
import { requireOwnOrigin } from "@/lib/http/origin";
import { postedText } from "@/lib/http/posted-text";
import { checkSetup, checkSetupCode, completeSetup } from "@/lib/setup/commands";
import { codeSchema } from "@/lib/setup/schema";
import { keepSession } from "@/lib/sign-in/keep-session";
import { startSession } from "@/lib/sign-in/start-session";

const keptFields = ["preset", "username", "email", "firstName", "lastName"] as const;
const secretFields = ["code", "password", "confirmPassword"] as const;

/** What the form shows after a refusal: what was typed, but neither the code nor a password. */
export type SetupState = {
  kept: Partial<Record<(typeof keptFields)[number], string>>;
  message: string | null;
  fields: Record<string, string>;
};

/** The step "Code". */
export const checkSetupCodeAction = defineAction({
  input: codeSchema,
  context: anonymousCtx,
  run: checkSetupCode,
});

/** Everything that was entered, before the summary of it. Nothing but the code is looked at until that is right. */
export const checkSetupAction = defineAction({
  input: codeSchema.loose(),
  context: anonymousCtx,
  run: async (ctx: Ctx, entered) => void (await checkSetup(ctx, entered)),
});

/** Posted by a plain form, so it works without JavaScript. Signs the first administrator in. */
export async function completeSetupAction(_: SetupState, form: FormData): Promise<SetupState> {
  const input = Object.fromEntries(
    [...keptFields, ...secretFields].map((name) => [name, postedText(form, name)]),
  ) as Record<string, string | undefined>;
  const result = await answer(async () => {
    requireOwnOrigin(await headers());
    const ctx = await anonymousCtx();
    const { userId } = await completeSetup(ctx, input);
    return startSession(ctx, userId);
  });
  if (!result.ok) {
    const kept = Object.fromEntries(keptFields.map((name) => [name, input[name]?.slice(0, 320)]));
    return { kept, message: result.message, fields: result.fields ?? {} };
  }
  await keepSession(result.value);
  redirect("/admin");
}
