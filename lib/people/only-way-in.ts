import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { identities, identityProviders, users } from "@/db/schema";
import { statusCondition } from "@/lib/authz/account-status";
import { administratorIds, isAdministrator } from "@/lib/authz/administrators";
import type { Ctx, Reads } from "@/lib/context";
import { precondition } from "@/lib/errors";
import { exactUpTo, type Total } from "@/lib/lists/pagination";
import { fullName } from "@/lib/normalization/names";
import type { UserRow } from "@/lib/people/scoped";

export type OnlyProvider = { id: string; slug: string; name: string; contact: string };

/** The provider that is the only way to sign in at this moment; null: every way is open. */
export async function onlyProvider(db: Reads | Tx): Promise<OnlyProvider | null> {
  const { id, slug, name, contact, onlyWayIn, state } = identityProviders;
  const [found] = await db
    .select({ id, slug, name, contact })
    .from(identityProviders)
    .where(and(onlyWayIn, eq(state, "enabled")));
  return found ?? null;
}

/** An identity of an earlier issuer signs nobody in. */
export const ofPresentIssuer = and(
  eq(identityProviders.id, identities.providerId),
  eq(identityProviders.issuer, identities.issuer),
);

/** Enabled; and the one alone that is the only way to sign in, where there is one. */
export const isOffered = sql<boolean>`(${identityProviders.state} = 'enabled' and (${identityProviders.onlyWayIn}
  or not exists (select 1 from identity_providers o where o.only_way_in and o.state = 'enabled')))`;

/**
 * The only provider by which somebody signs in, so that neither a password nor a passkey opens anything for them; null: none.
 * Never for an administrator, whatever happens to the provider. A null id, of nobody, takes as long.
 */
export async function barredBy(db: Reads | Tx, userId: string | null, at: Date): Promise<OnlyProvider | null> {
  const only = await onlyProvider(db);
  return only && !(await isAdministrator(db, userId ?? nobodysId, at)) ? only : null;
}

const nobodysId = "00000000-0000-0000-0000-000000000000";

/** In the log, where a password or a passkey was not looked at. */
export const barredReason = "an identity provider is the only way to sign in";

/** Throws `precondition` for somebody for whom a password would open nothing. */
export async function requirePasswordsOpen({ ctx, tx }: { ctx: Ctx; tx: Tx }, person: UserRow): Promise<void> {
  const only = await barredBy(tx, person.id, ctx.now());
  if (!only) return;
  const { personId } = ctx.actor.access;
  const who = personId === null || personId === person.id ? "You sign" : `${fullName(person)} signs`;
  throw precondition(`${who} in through ${only.name} only, so a password would not work.`);
}

/** What making a provider the only way to sign in would mean. */
export type OnlyWayEffect = {
  /** People who might sign in by a password or a passkey, and could not any more. */
  people: Total;
  /** As many of these are not known by the provider. */
  unknown: number;
  /** Administrators who could sign in without it. */
  administrators: number;
};

/** Counts to 10,000 people. For those who may decide about it: it counts people whom the viewer may not see. */
export async function effectOfOnlyWay(ctx: Ctx, providerId: string): Promise<OnlyWayEffect> {
  const at = ctx.now();
  const holders = sql`(select users.id from users where (${mightSignIn(at)}) and ${holdsCredential}
    and users.id not in (${administratorIds(at)}) limit ${sql.raw(String(exactUpTo + 1))}) h`;
  const [counted] = await ctx.db
    .select({
      people: sql<number>`count(*)::int`,
      unknown: sql<number>`(count(*) filter (where not exists (
        select 1 from identities i join identity_providers p on p.id = i.provider_id and p.issuer = i.issuer
         where i.user_id = h.id and p.id = ${providerId})))::int`,
    })
    .from(holders);
  const people = counted?.people ?? 0;
  const over = people > exactUpTo;
  return {
    people: { value: over ? exactUpTo : people, kind: over ? "over" : "exact" },
    unknown: Math.min(counted?.unknown ?? 0, exactUpTo),
    administrators: await administratorsWithCredential(ctx.db, at),
  };
}

const holdsCredential = sql`(exists (select 1 from passwords p where p.user_id = users.id)
  or exists (select 1 from passkeys k where k.user_id = users.id))`;

const mightSignIn = (at: Date) =>
  sql`${statusCondition("active", at)} or ${statusCondition("invited", at)} or ${statusCondition("locked", at)}`;

/** One that another person set is checked: it counts for sure where an administrator did (R15). */
const holdsLastingCredential = (at: Date) => sql`(exists (select 1 from passwords p where p.user_id = users.id
    and (p.set_by is null or p.set_by = users.id or p.set_by in (${administratorIds(at)})))
  or exists (select 1 from passkeys k where k.user_id = users.id))`;

/** How many administrators have a password or a passkey that counts: those who can sign in whatever happens to a provider. */
export async function administratorsWithCredential(db: Reads | Tx, at: Date): Promise<number> {
  return (db as Tx).$count(users, sql`${users.id} in (${administratorIds(at)}) and ${holdsLastingCredential(at)}`);
}

/** Whether somebody can still sign in once a provider is the only way: as an administrator, or because it knows them (U16). */
export async function staysIn(tx: Tx, { providerId, userId, at }: { providerId: string; userId: string; at: Date }) {
  if (await isAdministrator(tx, userId, at)) return true;
  const [known] = await tx
    .select({ id: identities.id })
    .from(identities)
    .innerJoin(identityProviders, ofPresentIssuer)
    .where(and(eq(identities.providerId, providerId), eq(identities.userId, userId)))
    .limit(1);
  return known !== undefined;
}
