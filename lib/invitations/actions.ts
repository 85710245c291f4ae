"use server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { anonymousCtx } from "@/lib/auth/current";
import { stagePath } from "@/lib/auth/stages";
import { action, answer } from "@/lib/http/action";
import { requireOwnOrigin } from "@/lib/http/origin";
import { parseInput } from "@/lib/http/parse-input";
import { postedText } from "@/lib/http/posted-text";
import { acceptInvitation, revokeInvitation, sendInvitation } from "@/lib/invitations/commands";
import type { NewPasswordState } from "@/lib/passwords/form-state";
import { byLinkSchema } from "@/lib/passwords/schema";
import { keepSession } from "@/lib/sign-in/keep-session";
import { startSession } from "@/lib/sign-in/start-session";

/** Sets the first password and signs in with it. Posted by a plain form, so it works without JavaScript. */
export async function acceptInvitationAction(_: NewPasswordState, form: FormData): Promise<NewPasswordState> {
  const result = await answer(async () => {
    requireOwnOrigin(await headers());
    const entries = Object.fromEntries(
      (["token", "newPassword", "confirmPassword"] as const).map((name) => [name, postedText(form, name)]),
    );
    const ctx = await anonymousCtx();
    const { userId } = await acceptInvitation(ctx, parseInput(byLinkSchema, entries));
    return startSession(ctx, userId);
  });
  if (!result.ok) return { message: result.message, fields: result.fields ?? {} };
  await keepSession(result.value);
  redirect(stagePath(result.value.stage, "/"));
}

export const sendInvitationAction = action(sendInvitation);
export const revokeInvitationAction = action(revokeInvitation);
