import type { Ctx, Person } from "@/lib/context";
import { precondition } from "@/lib/errors";
import type { Proved } from "@/lib/factors/commands/verify";
import { hasFactor, heldFactors } from "@/lib/factors/held";
import { lockOwnSession } from "@/lib/factors/own-session";
import { firstStage } from "@/lib/factors/stage";
import { mutate } from "@/lib/mutate";
import { requirePasswordCounts } from "@/lib/passwords/maker";
import { renewSession } from "@/lib/sessions/renew";
import { readSettings } from "@/lib/settings/read";

/** Goes on from the enrolment of a factor, once there is one and its recovery codes have been seen (S7). */
export function finishEnrolment(ctx: Ctx<Person>): Promise<Proved> {
  return mutate(ctx, "session.verify", {
    target: (tx) => lockOwnSession(ctx, tx),
    change: async (tx, { session, user }) => {
      if (session.stage !== "enrol_factor")
        return { value: { stage: session.stage, renewed: null } satisfies Proved as Proved, after: null };
      await requirePasswordCounts(tx, user.id, ctx.now());
      const settings = await readSettings(tx);
      const has = hasFactor(await heldFactors(tx, user.id));
      const stage = await firstStage(tx, user, settings, { now: ctx.now(), proved: has });
      if (stage === "enrol_factor") throw precondition("Add an authenticator app or a passkey first.");
      const renewed = await renewSession(ctx, tx, { stage });
      const value: Proved = { stage, renewed };
      return { value, after: null, id: renewed, session: renewed, facts: { by: "a new second factor" } };
    },
  });
}
