"use server";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { answer, defineAction } from "@/lib/action";
import { cookieName, cookieOptions, deviceCookieName, sealSession } from "@/lib/auth/cookie";
import { anonymousCtx } from "@/lib/auth/current";
import { isSameOrigin } from "@/lib/auth/origin";
import { stagePath } from "@/lib/auth/stages";
import { startSession } from "@/lib/auth/start-session";
import { AppError } from "@/lib/errors";
import { acceptInvitation, revokeInvitation, sendInvitation } from "@/lib/invitations/commands";
import { invitedSchema } from "@/lib/invitations/schema";
import { parseInput } from "@/lib/parse-input";
import type { ByLinkState } from "@/lib/passwords/form-state";
import { byLinkSchema } from "@/lib/passwords/schema";

/** Sets the first password and signs in with it. Posted by a plain form, so it works without JavaScript. */
export async function acceptInvitationAction(_: ByLinkState, form: FormData): Promise<ByLinkState> {
  const result = await answer(async () => {
    if (!isSameOrigin(await headers())) throw new AppError("forbidden", "This request came from another site.");
    const entries = Object.fromEntries(
      (["token", "newPassword", "confirmPassword"] as const).map((name) => [name, textOf(form.get(name))]),
    );
    const ctx = await anonymousCtx();
    const { userId } = await acceptInvitation(ctx, parseInput(byLinkSchema, entries));
    return startSession(ctx, userId);
  });
  if (!result.ok) return { message: result.message, fields: result.fields ?? {} };
  const jar = await cookies();
  jar.set(cookieName(), await sealSession(result.value.sessionId), cookieOptions());
  jar.set(deviceCookieName(), result.value.device, cookieOptions());
  redirect(stagePath(result.value.stage, "/"));
}

const ofUser = ({ id }: { id: string }) => ["/admin/users", `/admin/users/${id}`];

export const sendInvitationAction = defineAction({ input: invitedSchema, run: sendInvitation, refresh: ofUser });
export const revokeInvitationAction = defineAction({ input: invitedSchema, run: revokeInvitation, refresh: ofUser });

const textOf = (value: FormDataEntryValue | null) => (typeof value === "string" ? value : "");
