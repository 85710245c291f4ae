import { and, eq, lte, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { awaitedIdentities, identityProviders } from "@/db/schema";
import { invalidField, isUniqueViolation, notFound } from "@/lib/errors";
import { requireUnlinked } from "@/lib/identity-providers/identities";
import { identityProviderOperations } from "@/lib/identity-providers/operations";
import { isOpen } from "@/lib/identity-providers/policy";
import { isOfDomain } from "@/lib/identity-providers/profile";
import { identityIdSchema, prepareLinkSchema } from "@/lib/identity-providers/schema";
import type { ProviderRow } from "@/lib/identity-providers/store";
import { command } from "@/lib/kernel/command";
import { noticeCredentialChange } from "@/lib/mail/notice";
import { emailKeyOf } from "@/lib/normalization/email";
import { fullName } from "@/lib/normalization/names";
import { userPages } from "@/lib/people/pages";
import { lockPerson } from "@/lib/people/scoped";
import { stateAllows } from "@/lib/people/subject";

/** Milliseconds for which a link waits for its sign-in. */
const waits = 30 * 86_400_000;

/**
 * Prepares a link (I5): the next person who signs in through this provider with this address, verified, is this user. It gives a way
 * into their account as a link for a new password does, so it asks for the same, and is checked again when it is used (R15).
 */
export const prepareLink = command(identityProviderOperations["identity.prepare"], {
  for: "person",
  input: prepareLinkSchema,
  target: async ({ ctx, tx }, { userId, providerId, email }) => {
    const person = await lockPerson(ctx, tx, "user.read", userId);
    const [provider] = await tx.select().from(identityProviders).where(eq(identityProviders.id, providerId));
    return {
      id: null,
      person: { id: person.id, name: fullName(person) },
      record: { person, provider, awaited: provider ? await awaitedAt(tx, provider.id, person.id) : undefined },
      trace: null,
      facts: { provider: provider?.name ?? null, email },
    };
  },
  already: ({ person, awaited }, { email }, { ctx, now }) =>
    awaited?.emailKey === emailKeyOf(email) && awaited.madeBy === ctx.actor.id && awaited.endsAt > now
      ? { value: { id: person.id, endsAt: awaited.endsAt } }
      : null,
  allowed: ({ person }, input, work) => stateAllows("identity.prepare")(person, input, work),
  check: async ({ tx, now }, { person, provider, awaited }, { email }) => {
    if (!provider || !isOpen(provider)) throw invalidField("providerId", "Choose a provider that is enabled.");
    await requireUnlinked(tx, provider, person.id);
    if (!isOfDomain(provider, email))
      throw invalidField("email", `${provider.name} only signs in people with addresses of ${listed(provider)}.`);
    if (awaited && awaited.endsAt > now) throw isAwaited(provider);
  },
  change: async ({ ctx, tx, now }, { person, provider }, { email }) => {
    if (!provider) throw notFound("The identity provider");
    const endsAt = new Date(now.getTime() + waits);
    const values = { providerId: provider.id, userId: person.id, email, emailKey: emailKeyOf(email) };
    await dropEnded(tx, values, now);
    const id = await insertAwaited(tx, provider, { ...values, madeBy: ctx.actor.id, endsAt, createdAt: now });
    const sentence = `An administrator has given ${email} at ${provider.name} access to your account.`;
    await noticeCredentialChange(ctx, tx, person.id, sentence);
    return { value: { id: person.id, endsAt }, after: { email, until: endsAt.toISOString() }, id };
  },
  refresh: userPages,
  id: () => null,
});

type Values = typeof awaitedIdentities.$inferInsert;

const listed = ({ domains }: ProviderRow) => domains.join(", ");

const isAwaited = ({ name }: ProviderRow) =>
  invalidField("providerId", `A link to ${name} is already waiting for a sign-in. Cancel it first.`);

async function awaitedAt(tx: Tx, providerId: string, userId: string) {
  const { providerId: at, userId: person } = awaitedIdentities;
  const [awaited] = await tx
    .select()
    .from(awaitedIdentities)
    .where(and(eq(at, providerId), eq(person, userId)));
  return awaited;
}

/** One that nobody came for makes room. */
async function dropEnded(tx: Tx, { providerId, userId, emailKey }: Omit<Values, "endsAt">, now: Date): Promise<void> {
  await tx
    .delete(awaitedIdentities)
    .where(
      and(
        eq(awaitedIdentities.providerId, providerId),
        or(eq(awaitedIdentities.userId, userId), eq(awaitedIdentities.emailKey, emailKey)),
        lte(awaitedIdentities.endsAt, sql`${now.toISOString()}::timestamptz`),
      ),
    );
}

/** The unique indexes refuse a second one at its field, whatever the race. */
async function insertAwaited(tx: Tx, provider: ProviderRow, values: Values): Promise<string> {
  try {
    const [made] = await tx.insert(awaitedIdentities).values(values).returning({ id: awaitedIdentities.id });
    if (!made) throw new Error("The link was not stored");
    return made.id;
  } catch (error) {
    if (isUniqueViolation(error, "awaited_identities_user")) throw isAwaited(provider);
    if (isUniqueViolation(error, "awaited_identities_email"))
      throw invalidField("email", `A link to ${provider.name} is already waiting for this address.`);
    throw error;
  }
}

/** Nobody is linked by it any more. */
export const cancelLink = command(identityProviderOperations["identity.cancel"], {
  input: identityIdSchema,
  target: async ({ ctx, tx }, { id }) => {
    const [found] = await tx
      .select({ awaited: awaitedIdentities, provider: identityProviders.name })
      .from(awaitedIdentities)
      .innerJoin(identityProviders, eq(identityProviders.id, awaitedIdentities.providerId))
      .where(eq(awaitedIdentities.id, id));
    if (!found) throw notFound("The prepared link");
    const person = await lockPerson(ctx, tx, "user.read", found.awaited.userId);
    const { email } = found.awaited;
    return {
      id,
      person: { id: person.id, name: fullName(person) },
      record: person,
      trace: { email },
      facts: { provider: found.provider },
    };
  },
  change: async ({ tx }, person, { id }) => {
    const gone = await tx.delete(awaitedIdentities).where(eq(awaitedIdentities.id, id)).returning();
    if (gone.length === 0) throw notFound("The prepared link");
    return { value: { id: person.id }, after: {} };
  },
  refresh: userPages,
});
