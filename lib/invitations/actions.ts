"use server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { action, answer } from "@/lib/action";
import { anonymousCtx } from "@/lib/auth/current";
import { keepSession } from "@/lib/auth/keep-session";
import { requireOwnOrigin } from "@/lib/auth/origin";
import { stagePath } from "@/lib/auth/stages";
import { startSession } from "@/lib/auth/start-session";
import { acceptInvitation, revokeInvitation, sendInvitation } from "@/lib/invitations/commands";
import { parseInput } from "@/lib/parse-input";
import type { NewPasswordState } from "@/lib/passwords/form-state";
import { byLinkSchema } from "@/lib/passwords/schema";
import { postedText } from "@/lib/posted-text";

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
