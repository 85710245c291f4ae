"use server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { anonymousCtx } from "@/lib/auth/current";
import { action, answer } from "@/lib/http/action";
import { requireOwnOrigin } from "@/lib/http/origin";
import { parseInput } from "@/lib/http/parse-input";
import { postedText } from "@/lib/http/posted-text";
import { redeemReset } from "@/lib/passwords/commands/redeem";
import { requestPassword } from "@/lib/passwords/commands/request";
import { resetPassword } from "@/lib/passwords/commands/reset";
import type { NewPasswordState } from "@/lib/passwords/form-state";
import { byLinkSchema, requestPasswordSchema } from "@/lib/passwords/schema";

export type RequestState = { name: string; asked: boolean; message: string | null };

/** Posted by plain forms of people who are not signed in, so they work without JavaScript. */
export async function requestPasswordAction(_: RequestState, form: FormData): Promise<RequestState> {
  const name = postedText(form, "name");
  const result = await answer(async () => {
    requireOwnOrigin(await headers());
    await requestPassword(await anonymousCtx(), parseInput(requestPasswordSchema, { name }));
  });
  if (result.ok) return { name: name.slice(0, 320), asked: true, message: null };
  return { name: name.slice(0, 320), asked: false, message: Object.values(result.fields ?? {})[0] ?? result.message };
}

export async function redeemResetAction(_: NewPasswordState, form: FormData): Promise<NewPasswordState> {
  const result = await answer(async () => {
    requireOwnOrigin(await headers());
    const entries = {
      token: postedText(form, "token"),
      newPassword: postedText(form, "newPassword"),
      confirmPassword: postedText(form, "confirmPassword"),
    };
    await redeemReset(await anonymousCtx(), parseInput(byLinkSchema, entries));
  });
  if (!result.ok) return { message: result.message, fields: result.fields ?? {} };
  redirect("/sign-in?done=password");
}

/** What it gives is shown once, so the page is drawn again when that is closed: the row that opened it may be gone then. */
export const resetPasswordAction = action(resetPassword);
