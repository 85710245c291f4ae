import { and, eq } from "drizzle-orm";
import { awaitedIdentities, type MappedClaims, users } from "@/db/schema";
import { personValue } from "@/lib/audit/named";
import { makerStillMay } from "@/lib/authz/authorize";
import { AppError, precondition } from "@/lib/errors";
import { insertIdentity, requireUnlinked } from "@/lib/identity-providers/identities";
import { identityProviderOperations } from "@/lib/identity-providers/operations";
import type { ProviderRow } from "@/lib/identity-providers/store";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import { lockRows } from "@/lib/kernel/lock";
import { noticeCredentialChange } from "@/lib/mail/notice";
import { fullName } from "@/lib/normalization/names";
import { userPages } from "@/lib/people/pages";

const outgrown = { details: { refusal: "outgrown" } };

type AwaitedRow = typeof awaitedIdentities.$inferSelect;

type Redeemed = { awaited: AwaitedRow; provider: ProviderRow; issuer: string; subject: string; claims: MappedClaims };

/**
 * Makes the link that an administrator has prepared, once, as the person who proved the address at the provider. The administrator is
 * checked again (R15): a person who has been erased is no longer known, and counts as gone.
 */
export const redeemLink = command(identityProviderOperations["identity.redeem"], {
  input: internalInput<Redeemed>(),
  target: async ({ tx }, { awaited, provider }) => {
    const [person] = await lockRows(tx, tx.select().from(users).where(eq(users.id, awaited.userId)), "update");
    if (!person) throw precondition("The user has been erased.");
    return {
      id: awaited.id,
      person: { id: person.id, name: fullName(person) },
      record: person,
      trace: null,
      facts: { provider: provider.name, preparedBy: personValue(awaited.madeBy) },
    };
  },
  check: async ({ tx, now }, person, { awaited, provider }) => {
    const { madeBy } = awaited;
    if (madeBy === null || !(await makerStillMay(tx, { makerId: madeBy, personId: person.id, at: now })))
      throw new AppError(
        "precondition",
        "The person who prepared this link may no longer manage this account.",
        outgrown,
      );
    await requireUnlinked(tx, provider, person.id);
  },
  change: async ({ ctx, tx, now }, person, { awaited, ...proved }) => {
    const used = await tx
      .delete(awaitedIdentities)
      .where(and(eq(awaitedIdentities.id, awaited.id), eq(awaitedIdentities.emailKey, awaited.emailKey)))
      .returning({ id: awaitedIdentities.id });
    if (used.length === 0) throw precondition("This link was used or cancelled at the same time.");
    const id = await insertIdentity(tx, { ...proved, userId: person.id, now });
    await noticeCredentialChange(ctx, tx, person.id, `Your account was linked to ${proved.provider.name}.`);
    return { value: { id, userId: person.id }, after: { email: awaited.email }, id };
  },
  refresh: ({ userId }) => userPages({ id: userId }),
});
