import type { ShownStatus } from "@/db/enums";
import type { Ctx } from "@/lib/context";
import { type EndRules, requireEnd } from "@/lib/ends";
import { mutate } from "@/lib/mutate";
import { type Ended, endCredentials, linksOf } from "@/lib/users/leaving";
import type { DisableUser, UserId } from "@/lib/users/schema";
import { statusAt } from "@/lib/users/status";
import { saveUser, traceOf } from "@/lib/users/store";
import { ruleOn } from "@/lib/users/subject";
import { lockUser } from "@/lib/users/target";

export type Disabled = Ended & { id: string; until: Date | null };

/** Ends every session and link at once and pauses the clients, in the transaction of the change (U12). */
export function disableUser(ctx: Ctx, input: DisableUser, rules?: EndRules): Promise<Disabled> {
  return mutate(ctx, "user.disable", {
    id: input.id,
    target: (tx) => lockUser(ctx, tx, input.id),
    rule: ruleOn(ctx, "user.disable"),
    change: async (tx, before) => {
      requireEnd("until", input.until, undefined, ctx.now(), rules);
      const saved = await saveUser(tx, before.id, {
        status: "disabled",
        statusBeforeDisable: before.status === "disabled" ? before.statusBeforeDisable : before.status,
        disabledReason: input.reason,
        disabledUntil: input.until,
      });
      const ended = await endCredentials(ctx, tx, before.id, "disabled");
      return {
        value: { id: before.id, until: input.until, ...ended },
        after: await traceOf(tx, saved),
        facts: {
          reason: input.reason,
          until: input.until?.toISOString(),
          sessions: ended.sessions,
          ...linksOf(ended),
        },
      };
    },
  });
}

const enabled: ShownStatus[] = ["active", "invited", "locked"];

export function enableUser(ctx: Ctx, input: UserId): Promise<{ id: string }> {
  return mutate(ctx, "user.enable", {
    id: input.id,
    target: (tx) => lockUser(ctx, tx, input.id),
    already: (person) => (enabled.includes(statusAt(person, ctx.now())) ? { value: { id: person.id } } : null),
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
