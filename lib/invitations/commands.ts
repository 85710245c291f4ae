import type { Tx } from "@/db/client";
import type { Ctx } from "@/lib/context";
import { precondition } from "@/lib/errors";
import type { Invited } from "@/lib/invitations/schema";
import { deliverLink } from "@/lib/links/deliver";
import { revokeLinks } from "@/lib/links/issue";
import { lockRedeemer } from "@/lib/links/redeem";
import { mutate, type Target } from "@/lib/mutate";
import { mayRedeem, prepareByLink, setByLink } from "@/lib/passwords/by-link";
import type { ByLink } from "@/lib/passwords/schema";
import { fullName } from "@/lib/users/names";
import { lockPerson, type UserRow } from "@/lib/users/scoped";
import { ruleOn } from "@/lib/users/subject";

export type SentInvitation = { id: string; link: string | null; mailed: boolean };

/** Sends an invitation, again: an earlier one is dead. Without mail the link is given back, to be handed over. */
export function sendInvitation(ctx: Ctx, input: Invited): Promise<SentInvitation> {
  return mutate(ctx, "invitation.send", {
    id: input.id,
    target: (tx) => lockInvited(ctx, tx, input.id),
    rule: ruleOn(ctx, "invitation.send"),
    change: async (tx, person) => {
      const { link, mailed, expiresAt } = await deliverLink(ctx, tx, person, "invitation");
      return { value: { id: person.id, link, mailed }, after: null, facts: { until: expiresAt.toISOString() } };
    },
  });
}

/** Takes the open invitation of a person back. */
export function revokeInvitation(ctx: Ctx, input: Invited): Promise<{ id: string }> {
  return mutate(ctx, "invitation.revoke", {
    id: input.id,
    target: (tx) => lockInvited(ctx, tx, input.id),
    change: async (tx, person) => {
      const revoked = await revokeLinks(ctx, tx, person.id, ["invitation"]);
      if (revoked === 0) throw precondition(`${fullName(person)} has no open invitation.`);
      return { value: { id: person.id }, after: null };
    },
  });
}

/** Sets the first password by an invitation link: invited becomes active. */
export async function acceptInvitation(ctx: Ctx, input: ByLink): Promise<{ userId: string }> {
  const prepared = await prepareByLink(ctx, "invitation", input);
  return mutate(ctx, "invitation.accept", {
    target: (tx) => lockRedeemer(tx, prepared.link),
    rule: (person) => mayRedeem(person, ctx.now()),
    change: (tx, person) => setByLink(ctx, tx, person, prepared),
  });
}

async function lockInvited(ctx: Ctx, tx: Tx, id: string): Promise<Target<UserRow>> {
  const record = await lockPerson(ctx, tx, "user.read", id);
  return { id: record.id, person: { id: record.id, name: fullName(record) }, record, trace: null };
}
