import { and, eq, lte, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { awaitedIdentities, identities, type MappedClaims } from "@/db/schema";
import { type Ctx, type Reads, transactionsOf } from "@/lib/context";
import { AppError, isUniqueViolation } from "@/lib/errors";
import type { ProviderRow } from "@/lib/identity-providers/store";

/** A refusal at the end of a sign-in there, with the word of its sentence. */
const unlinkable = (refusal: "linked" | "second", sentence: string) =>
  new AppError("precondition", sentence, { details: { refusal } });

/** Whose it is, is revealed to nobody (I5). */
export const isSomebodyElses = (provider: Pick<ProviderRow, "name">) =>
  unlinkable("linked", `This account at ${provider.name} belongs to another account here.`);

type Provider = Pick<ProviderRow, "id" | "name" | "issuer">;

/** Throws `precondition` for somebody who has an identity there already: one of an earlier issuer signs nobody in, and does not count. */
export async function requireUnlinked(db: Reads | Tx, { id, name, issuer }: Provider, userId: string): Promise<void> {
  const [known] = await db
    .select({ id: identities.id })
    .from(identities)
    .where(and(eq(identities.providerId, id), eq(identities.issuer, issuer), eq(identities.userId, userId)))
    .limit(1);
  if (known) throw unlinkable("second", `Another account at ${name} is already linked. Unlink it first.`);
}

type Linked = { provider: Provider; issuer: string; subject: string; userId: string; claims: MappedClaims; now: Date };

/** Links somebody, and waits for nobody any more in their place. The unique index refuses what belongs to somebody else, whatever the race. */
export async function insertIdentity(tx: Tx, linked: Linked): Promise<string> {
  const { provider, issuer, subject, userId, claims, now } = linked;
  const id = newId();
  try {
    await tx
      .insert(identities)
      .values({ id, providerId: provider.id, issuer, subject, userId, claims, createdAt: now });
  } catch (error) {
    throw isUniqueViolation(error, "identities_subject") ? isSomebodyElses(provider) : error;
  }
  await dropAwaited(tx, userId, provider.id);
  return id;
}

/** Inside a change that ends an account, or its waiting at one provider: what was prepared links nobody any more. Returns how many. */
export async function dropAwaited(tx: Tx, userId: string, providerId?: string): Promise<number> {
  const there = providerId === undefined ? undefined : eq(awaitedIdentities.providerId, providerId);
  const gone = await tx
    .delete(awaitedIdentities)
    .where(and(eq(awaitedIdentities.userId, userId), there))
    .returning();
  return gone.length;
}

/** Drops what was prepared and nobody came for in time. */
export async function forgetAwaited(ctx: Ctx): Promise<void> {
  const over = lte(awaitedIdentities.endsAt, sql`${ctx.now().toISOString()}::timestamptz`);
  await transactionsOf(ctx).transaction((tx) => tx.delete(awaitedIdentities).where(over));
}
