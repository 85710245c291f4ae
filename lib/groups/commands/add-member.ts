import { lastsLonger } from "@/lib/access/access";
import { refuseToLoseAdministration } from "@/lib/access/administrators";
import type { Ctx } from "@/lib/context";
import { type EndRules, momentOf, requireEnd } from "@/lib/ends";
import { invalidField } from "@/lib/errors";
import { type Membership, memberTarget } from "@/lib/groups/membership";
import type { AddMember } from "@/lib/groups/schema";
import { saveMemberships } from "@/lib/groups/store";
import { mutate } from "@/lib/mutate";
import { raiseVersions } from "@/lib/users/store";
import { notNow, type Verdict, yes } from "@/lib/verdict";

/** Puts somebody into a group, or gives the membership another end. Null: no end; "now" for those who are in it. */
export function addMember(ctx: Ctx, input: AddMember, rules?: EndRules): Promise<{ name: string; group: string }> {
  const { groupId, userId } = input;
  const at = ctx.now();
  const endsAt = momentOf(input.endsAt, at);
  return mutate(ctx, "group.add_member", {
    id: groupId,
    target: (tx) => memberTarget(ctx, tx, groupId, userId),
    rule: (before) => mayJoin(before, endsAt),
    grants: (_, { held }) => ({
      memberships: lastsLonger(endsAt, held ?? undefined) ? [{ groupId, until: endsAt }] : [],
    }),
    change: async (tx, { group, held, name }) => {
      requireEnd("endsAt", endsAt, held ?? undefined, at, rules);
      if (!held && input.endsAt === "now") throw invalidField("endsAt", "Choose an end that is still to come.");
      await saveMemberships(tx, userId, [{ groupId, endsAt }]);
      await raiseVersions(tx, { userId });
      await refuseToLoseAdministration(ctx, tx);
      const until = endsAt?.toISOString() ?? null;
      return {
        value: { name, group: group.name },
        after: held ? { endsAt: until } : null,
        facts: { until },
      };
    },
  });
}

function mayJoin({ held, name, group, archived }: Membership, endsAt: Date | null): Verdict {
  if (archived) return notNow(`${name} is archived. Restore the user first.`);
  if (held && held.endsAt?.getTime() === endsAt?.getTime())
    return notNow(`${name} is in ${group.name} already${endsAt ? ", to the same end" : ""}.`);
  return yes;
}
