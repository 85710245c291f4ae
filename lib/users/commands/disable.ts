import type { Ctx } from "@/lib/context";
import { mutate } from "@/lib/mutate";
import { endSessions } from "@/lib/sessions/commands";
import type { DisableUser, UserId } from "@/lib/users/schema";
import { saveUser, traceOf } from "@/lib/users/store";
import { ruleOn } from "@/lib/users/subject";
import { lockUser } from "@/lib/users/target";

/** Ends every session at once and pauses the clients, in the transaction of the change (U12). */
export function disableUser(ctx: Ctx, input: DisableUser): Promise<{ id: string; sessions: number }> {
  return mutate(ctx, "user.disable", {
    id: input.id,
    target: (tx) => lockUser(ctx, tx, input.id),
    rule: ruleOn(ctx, "user.disable"),
    change: async (tx, before) => {
      const saved = await saveUser(tx, before.id, {
        status: "disabled",
        statusBeforeDisable: before.status === "disabled" ? before.statusBeforeDisable : before.status,
        disabledReason: input.reason,
        disabledUntil: input.until,
      });
      const sessions = await endSessions(ctx, tx, before.id, "disabled");
      return {
        value: { id: before.id, sessions },
        after: await traceOf(tx, saved),
        facts: { reason: input.reason, until: input.until?.toISOString(), sessions },
      };
    },
  });
}

export function enableUser(ctx: Ctx, input: UserId): Promise<{ id: string }> {
  return mutate(ctx, "user.enable", {
    id: input.id,
    target: (tx) => lockUser(ctx, tx, input.id),
    rule: ruleOn(ctx, "user.enable"),
    change: async (tx, before) => {
      const saved = await saveUser(tx, before.id, {
        status: before.statusBeforeDisable ?? "active",
        statusBeforeDisable: null,
        disabledReason: null,
        disabledUntil: null,
      });
      return { value: { id: before.id }, after: await traceOf(tx, saved) };
    },
  });
}
