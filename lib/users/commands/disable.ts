import type { ShownStatus } from "@/db/enums";
import { statusAt } from "@/lib/authz/account-status";
import { command } from "@/lib/kernel/command";
import type { Change } from "@/lib/kernel/steps";
import { userPages } from "@/lib/people/pages";
import { saveUser, traceOf } from "@/lib/people/store";
import { stateAllows } from "@/lib/people/subject";
import { userTarget } from "@/lib/people/target";
import { requireEnd } from "@/lib/time/ends";
import { refuseChanged } from "@/lib/users/conflict";
import { type Ended, endCredentials, linksOf } from "@/lib/users/leaving";
import { userOperations } from "@/lib/users/operations";
import { disableUserSchema, enableUserSchema } from "@/lib/users/schema";

export type Disabled = Ended & { id: string; until: Date | null };

/** Ends every session and link at once and pauses the clients, in the transaction of the change (U12). */
export const disableUser = command(userOperations["user.disable"], {
  input: disableUserSchema,
  route: "POST /users/{id}/disable",
  target: userTarget,
  allowed: stateAllows("user.disable"),
  check: ({ now }, _, { until }) => requireEnd("until", until, undefined, now),
  change: async ({ ctx, tx }, before, { reason, until }): Promise<Change<Disabled>> => {
    const saved = await saveUser(tx, before, {
      status: "disabled",
      statusBeforeDisable: before.status === "disabled" ? before.statusBeforeDisable : before.status,
      disabledReason: reason,
      disabledUntil: until,
    });
    const ended = await endCredentials(ctx, tx, before.id, "disabled");
    return {
      value: { id: before.id, until, ...ended },
      after: await traceOf(tx, saved),
      facts: { reason, until: until?.toISOString(), sessions: ended.sessions, ...linksOf(ended) },
    };
  },
  refresh: userPages,
});

const enabled: ShownStatus[] = ["active", "invited", "locked"];

export const enableUser = command(userOperations["user.enable"], {
  input: enableUserSchema,
  route: "POST /users/{id}/enable",
  target: userTarget,
  already: (person, _, { ctx }) =>
    enabled.includes(statusAt(person, ctx.now())) ? { value: { id: person.id } } : null,
  allowed: stateAllows("user.enable"),
  check: ({ ctx, tx }, before, seen) => refuseChanged(ctx, tx, before, seen),
  change: async ({ tx }, before) => {
    const saved = await saveUser(tx, before, {
      status: before.statusBeforeDisable ?? "active",
      statusBeforeDisable: null,
      disabledReason: null,
      disabledUntil: null,
    });
    return { value: { id: before.id }, after: await traceOf(tx, saved) };
  },
  refresh: userPages,
});
