"use server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { keepRenewed } from "@/lib/auth/keep-renewed";
import { ownPath, withNext } from "@/lib/auth/next-path";
import { stagedCtx } from "@/lib/auth/staged";
import { stagePath } from "@/lib/auth/stages";
import { isSteppedUp } from "@/lib/auth/step-up";
import type { Ctx, Person } from "@/lib/context";
import { addAuthenticator, addPasskey, beginAuthenticator, beginPasskey } from "@/lib/factors/commands/add";
import { finishEnrolment } from "@/lib/factors/commands/enrol";
import { removeFactor, renewRecoveryCodes } from "@/lib/factors/commands/remove";
import { resetFactors } from "@/lib/factors/commands/reset";
import { verifySession } from "@/lib/factors/commands/verify";
import { askPasskey } from "@/lib/factors/passkeys";
import { proofWays } from "@/lib/factors/queries";
import {
  addAuthenticatorSchema,
  addPasskeySchema,
  type Proof,
  proofSchema,
  secondFactorSchema,
} from "@/lib/factors/schema";
import { action, answer, defineAction } from "@/lib/http/action";
import { noInputSchema } from "@/lib/http/no-input";
import { requireOwnOrigin } from "@/lib/http/origin";
import { parseInput } from "@/lib/http/parse-input";
import { postedText } from "@/lib/http/posted-text";

/** What the page of the second step shows after a refusal. Never the code. */
export type SecondFactorState = { message: string | null };

const open = () => stagedCtx("open", "enrol_factor");

/** A session's new id goes into the cookie and nowhere else. */
async function prove(ctx: Ctx<Person>, proof: Proof) {
  const { stage, renewed } = await verifySession(ctx, proof);
  await keepRenewed({ renewed });
  return { stage };
}

/** The second step of a sign-in by code. Posted by a plain form, so it works without JavaScript. */
export async function secondFactorAction(_: SecondFactorState, form: FormData): Promise<SecondFactorState> {
  const next = ownPath(postedText(form, "next"));
  const result = await answer(async () => {
    requireOwnOrigin(await headers());
    const ctx = await stagedCtx("second_factor");
    return verifySession(ctx, parseInput(proofSchema, { by: "code", code: postedText(form, "code") }));
  });
  if (result.ok) {
    await keepRenewed(result.value);
    redirect(stagePath(result.value.stage, next));
  }
  if (result.code === "unauthenticated") redirect(withNext("/sign-in?error=SecondFactor", next));
  return { message: result.fields?.code ?? result.message };
}

/** The second step by passkey. Returns the next path. */
export const secondFactorPasskeyAction = defineAction({
  input: secondFactorSchema,
  context: () => stagedCtx("second_factor"),
  run: async (ctx, { next, ...assertion }) => {
    const { stage } = await prove(ctx, { by: "passkey", ...assertion });
    return { path: stagePath(stage, ownPath(next)) };
  },
});

/** Continues after the enrolment that a sign-in required. */
export async function finishEnrolmentAction(form: FormData): Promise<void> {
  const result = await answer(async () => {
    requireOwnOrigin(await headers());
    return finishEnrolment(await open(), {});
  });
  if (!result.ok) redirect("/");
  await keepRenewed(result.value);
  redirect(stagePath(result.value.stage, ownPath(postedText(form, "next"))));
}

/** Step-up (S8), and the ways in which the actor can do it. */
export const proofWaysAction = defineAction({ input: noInputSchema, context: open, run: proofWays });
export const isSteppedUpAction = defineAction({
  input: noInputSchema,
  context: open,
  run: (ctx) => isSteppedUp(ctx, ctx.db),
});
export const verifySessionAction = defineAction({ input: proofSchema, context: open, run: prove });
export const askPasskeyAction = defineAction({
  input: noInputSchema,
  context: () => stagedCtx("open", "enrol_factor", "second_factor"),
  run: (ctx) => askPasskey(ctx, ctx.actor.id),
});

export const beginAuthenticatorAction = defineAction({ input: noInputSchema, context: open, run: beginAuthenticator });
export const addAuthenticatorAction = defineAction({
  input: addAuthenticatorSchema,
  context: open,
  run: addAuthenticator,
});
export const beginPasskeyAction = defineAction({ input: noInputSchema, context: open, run: beginPasskey });
export const addPasskeyAction = defineAction({ input: addPasskeySchema, context: open, run: addPasskey });
export const removeFactorAction = action(removeFactor);
export const renewRecoveryCodesAction = action(renewRecoveryCodes);
export const resetFactorsAction = action(resetFactors);
