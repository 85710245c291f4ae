import { and, eq, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { identities, type MappedClaims, users } from "@/db/schema";
import type { Reads } from "@/lib/context";
import { isUniqueViolation, precondition } from "@/lib/errors";
import { dropAwaited } from "@/lib/identity-providers/identities";
import { identityProviderOperations } from "@/lib/identity-providers/operations";
import type { ProviderRow } from "@/lib/identity-providers/store";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import { lockRows } from "@/lib/kernel/lock";
import { emailKeyOf } from "@/lib/normalization/email";
import { fullName } from "@/lib/normalization/names";
import { userPages } from "@/lib/people/pages";

type Match = { userId: string; provider: ProviderRow; subject: string; email: string; claims: MappedClaims };

/**
 * Whom a verified email names among those who were created for this provider and have never signed in; else null. Never by a user
 * name, which people choose themselves at many providers; never somebody who has signed in, whose identity may have been unlinked.
 */
export async function preparedUser(db: Reads | Tx, { id, slug }: ProviderRow, email: string): Promise<string | null> {
  const [found] = await db
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        eq(users.emailKey, emailKeyOf(email)),
        eq(users.configuration, slug),
        ne(users.status, "archived"),
        sql`'invited' in (${users.status}, ${users.statusBeforeDisable})`,
        sql`not exists (select 1 from identities i where i.user_id = ${users.id} and i.provider_id = ${id})`,
      ),
    );
  return found?.id ?? null;
}

/** Notes who a user created beforehand is at the provider, under the lock of their row. It gives nothing: it is their way in. */
export const matchIdentity = command(identityProviderOperations["identity.match"], {
  input: internalInput<Match>(),
  target: async ({ tx }, { userId, provider }) => {
    const [person] = await lockRows(tx, tx.select().from(users).where(eq(users.id, userId)), "update");
    if (!person) throw precondition("The user has been erased.");
    const record = { identityId: newId(), person };
    const facts = { provider: provider.name };
    return { id: record.identityId, person: { id: person.id, name: fullName(person) }, record, trace: null, facts };
  },
  check: async ({ tx }, { person }, { provider, email }) => {
    if ((await preparedUser(tx, provider, email)) !== person.id)
      throw precondition(`${fullName(person)} was recognized at the same time.`);
  },
  change: async ({ tx, now }, { identityId, person }, { provider, subject, claims }) => {
    const identity = { id: identityId, providerId: provider.id, issuer: provider.issuer, subject, userId: person.id };
    try {
      await tx.insert(identities).values({ ...identity, claims, createdAt: now });
    } catch (error) {
      if (isUniqueViolation(error, "identities_subject"))
        throw precondition(`${provider.name} names somebody else by this subject.`);
      throw error;
    }
    await dropAwaited(tx, person.id, provider.id);
    return { value: { id: identityId, userId: person.id }, after: { provider: provider.name } };
  },
  refresh: ({ userId }) => userPages({ id: userId }),
});
