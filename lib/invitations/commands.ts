import type { Ctx } from "@/lib/context";
import { precondition } from "@/lib/errors";
import { inviteAgain } from "@/lib/identity-providers/prepare";
import { invitationOperations } from "@/lib/invitations/operations";
import { type Invited, invitedSchema } from "@/lib/invitations/schema";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import type { Change, Target, Work } from "@/lib/kernel/steps";
import { deliverLink } from "@/lib/links/deliver";
import { revokeLinks } from "@/lib/links/issue";
import { lockRedeemer } from "@/lib/links/redeem";
import { fullName } from "@/lib/normalization/names";
import { mayRedeem, type Prepared, prepareByLink, setByLink } from "@/lib/passwords/by-link";
import type { ByLink } from "@/lib/passwords/schema";
import { type Kept, withKeeper } from "@/lib/people/keeper";
import { requirePasswordsOpen } from "@/lib/people/only-way-in";
import { userPages } from "@/lib/people/pages";
import { lockPerson, type UserRow } from "@/lib/people/scoped";
import { stateAllows } from "@/lib/people/subject";

export type SentInvitation = { id: string; link: string | null; linkExpiresAt: Date | null; mailed: boolean };

/**
 * Sends an invitation, again: an earlier one no longer works. Without mail the link is returned, to be handed over. A person who is expected at a
 * provider learns where to sign in, without a link (I2).
 */
export const sendInvitation = command(invitationOperations["invitation.send"], {
  input: invitedSchema,
  route: "POST /users/{id}/invitation",
  target: lockInvited,
  allowed: stateAllows("invitation.send"),
  change: async ({ ctx, tx }, person): Promise<Change<SentInvitation>> => {
    if (person.keeper) {
      const facts = await inviteAgain(ctx, tx, person);
      return { value: { id: person.id, link: null, linkExpiresAt: null, mailed: true }, after: null, facts };
    }
    const { link, mailed, expiresAt } = await deliverLink(ctx, tx, person, "invitation");
    return {
      value: { id: person.id, link, linkExpiresAt: expiresAt, mailed },
      after: null,
      facts: { until: expiresAt.toISOString() },
    };
  },
  refresh: userPages,
});

/** Takes the open invitation of a person back. */
export const revokeInvitation = command(invitationOperations["invitation.revoke"], {
  input: invitedSchema,
  route: "DELETE /users/{id}/invitation",
  target: lockInvited,
  change: async ({ ctx, tx }, person) => {
    const revoked = await revokeLinks(ctx, tx, person.id, ["invitation"]);
    if (revoked === 0) throw precondition(`${fullName(person)} has no pending invitation.`);
    return { value: { id: person.id }, after: null };
  },
  refresh: userPages,
});

/** Sets the first password by an invitation link: invited becomes active. */
export async function acceptInvitation(ctx: Ctx, input: ByLink): Promise<{ userId: string }> {
  return saveFirstPassword(ctx, await prepareByLink(ctx, "invitation", input));
}

export const saveFirstPassword = command(invitationOperations["invitation.accept"], {
  input: internalInput<Prepared>(),
  target: ({ tx }, { link }) => lockRedeemer(tx, link),
  allowed: (person, _, { ctx }) => mayRedeem(person, ctx.now()),
  check: requirePasswordsOpen,
  change: ({ ctx, tx }, person, prepared) => setByLink(ctx, tx, person, prepared),
});

async function lockInvited({ ctx, tx }: Work, { id }: Invited): Promise<Target<UserRow & Kept>> {
  const record = await withKeeper(tx, await lockPerson(ctx, tx, "user.read", id));
  return { id: record.id, person: { id: record.id, name: fullName(record) }, record, trace: null };
}
