import { renewSession } from "@/lib/auth/renew-session";
import { precondition } from "@/lib/errors";
import type { Proved } from "@/lib/factors/commands/verify";
import { hasFactor, heldFactors } from "@/lib/factors/held";
import { lockOwnSession } from "@/lib/factors/own-session";
import { firstStage } from "@/lib/factors/stage";
import { noInputSchema } from "@/lib/http/no-input";
import { command } from "@/lib/kernel/command";
import type { Change } from "@/lib/kernel/steps";
import { requireOpenerCounts } from "@/lib/people/password-maker";
import { readSettings } from "@/lib/platform/read-settings";
import { sessionOperations } from "@/lib/sessions/operations";

/** Continues after the enrolment of a factor, once there is one and its recovery codes have been seen (S7). */
export const finishEnrolment = command(sessionOperations["session.verify"], {
  key: "session.finish_enrolment",
  for: "person",
  input: noInputSchema,
  target: ({ ctx, tx }) => lockOwnSession(ctx, tx),
  change: async ({ ctx, tx, now }, { session, user }): Promise<Change<Proved>> => {
    if (session.stage !== "enrol_factor") return { value: { stage: session.stage, renewed: null }, after: null };
    await requireOpenerCounts(ctx, tx);
    const settings = await readSettings(tx);
    const has = hasFactor(await heldFactors(tx, user.id));
    const stage = await firstStage(tx, user, settings, { now, proved: has });
    if (stage === "enrol_factor") throw precondition("Add an authenticator app or a passkey first.");
    const renewed = await renewSession(ctx, tx, { stage });
    const facts = { by: "a new second factor" };
    return { value: { stage, renewed }, after: null, id: renewed, session: renewed, facts };
  },
});
