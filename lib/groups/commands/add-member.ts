import { refuseToLoseAdministration } from "@/lib/authz/administrators";
import { type Decision, notNow, yes } from "@/lib/authz/decision";
import { lastsLonger } from "@/lib/authz/model";
import { invalidField } from "@/lib/errors";
import { type Membership, memberChange, memberPages, memberTarget, refuseSavedSince } from "@/lib/groups/membership";
import { groupOperations } from "@/lib/groups/operations";
import { addMemberSchema } from "@/lib/groups/schema";
import { command } from "@/lib/kernel/command";
import { saveMemberships } from "@/lib/memberships/store";
import { raiseVersion } from "@/lib/people/store";
import { momentOf, requireEnd, rulesOf } from "@/lib/time/ends";

/** Puts somebody into a group, or gives the membership another end. Null: no end; "now" for those who are in it. */
export const addMember = command(groupOperations["group.add_member"], {
  input: addMemberSchema,
  route: "POST /groups/{groupId}/members",
  target: async ({ ctx, tx, now }, { groupId, userId, endsAt }) => {
    const target = await memberTarget(ctx, tx, groupId, userId);
    return { ...target, record: { ...target.record, endsAt: momentOf(endsAt, now) } };
  },
  locks: ({ held, endsAt }) => (held && endsAt ? ["administrators"] : []),
  allowed: mayJoin,
  grants: (_, { held, endsAt }, { groupId }) => ({
    memberships: lastsLonger(endsAt, held ?? undefined) ? [{ groupId, until: endsAt }] : [],
  }),
  check: async ({ ctx, tx, now }, membership, input) => {
    const { held, endsAt } = membership;
    await refuseSavedSince(ctx, tx, membership, input.userVersion);
    requireEnd("endsAt", endsAt, held ?? undefined, now, rulesOf(input.endsAt));
    if (!held && input.endsAt === "now") throw invalidField("endsAt", "Choose a date in the future.");
  },
  change: async ({ ctx, tx, now }, membership, { groupId, userId }) => {
    const { held, endsAt } = membership;
    await saveMemberships(tx, userId, [{ groupId, endsAt }]);
    const version = await raiseVersion(tx, userId);
    await refuseToLoseAdministration(ctx, tx);
    const until = endsAt?.toISOString() ?? null;
    return {
      value: memberChange(membership, version, now),
      after: held ? { endsAt: until } : null,
      facts: { until },
    };
  },
  refresh: memberPages,
  id: ({ groupId }) => groupId,
});

function mayJoin({ held, name, group, archived, endsAt }: Membership & { endsAt: Date | null }): Decision {
  if (archived) return notNow(`${name} is archived. Restore the user first.`);
  if (held && held.endsAt?.getTime() === endsAt?.getTime())
    return notNow(`${name} is already in ${group.name}${endsAt ? ", with the same end" : ""}.`);
  return yes;
}
