import { and, asc, eq, gt, notExists, sql } from "drizzle-orm";
import { kept } from "@/db/kept";
import { awaitedIdentities, identities, identityProviders, users } from "@/db/schema";
import { outgrownOf } from "@/lib/authz/authorize";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { isId } from "@/lib/normalization/id";

/** A provider with which somebody can be linked. `domains`: whose addresses it signs in; none: everybody's. */
export type LinkableProvider = { id: string; slug: string; name: string; domains: string[] };

/** Those that are enabled and have no identity of this person under their present issuer, by name. Everybody may see their names (S1). */
export const linkableProviders = (ctx: Ctx, userId: string): Promise<LinkableProvider[]> => {
  const { id, slug, name, domains, issuer, state, nameKey } = identityProviders;
  const known = ctx.db
    .select({ id: identities.id })
    .from(identities)
    .where(and(eq(identities.providerId, id), eq(identities.issuer, issuer), eq(identities.userId, userId)));
  const asked = ctx.db
    .select({ id, slug, name, domains })
    .from(identityProviders)
    .where(and(eq(state, "enabled"), notExists(known)))
    .orderBy(asc(nameKey));
  return kept(asked);
};

export type AwaitedLink = {
  id: string;
  provider: string;
  email: string;
  endsAt: Date;
  /** The administrator who prepared it may no longer act on the person, so it does not work (R15). */
  outgrown: boolean;
};

/** Which links of a person, whom the actor may see, wait for a sign-in. */
export async function awaitedLinks(ctx: Ctx, userId: string): Promise<AwaitedLink[]> {
  if (!isId(userId)) return [];
  const now = ctx.now();
  const asked = ctx.db
    .select({ awaited: awaitedIdentities, provider: identityProviders.name })
    .from(awaitedIdentities)
    .innerJoin(users, eq(users.id, awaitedIdentities.userId))
    .innerJoin(identityProviders, eq(identityProviders.id, awaitedIdentities.providerId))
    .where(
      and(
        eq(awaitedIdentities.userId, userId),
        gt(awaitedIdentities.endsAt, sql`${now.toISOString()}::timestamptz`),
        within(ctx, "user.read", users.id),
      ),
    )
    .orderBy(asc(identityProviders.nameKey));
  const rows = await kept(asked);
  const made = rows.flatMap(({ awaited: { id, madeBy } }) =>
    madeBy ? [{ id, makerId: madeBy, personId: userId }] : [],
  );
  const outgrown = new Set((await outgrownOf(ctx.db, made, now)).map(({ id }) => id));
  return rows.map(({ awaited: { id, email, endsAt, madeBy }, provider }) => ({
    id,
    provider,
    email,
    endsAt,
    outgrown: madeBy === null || outgrown.has(id),
  }));
}
