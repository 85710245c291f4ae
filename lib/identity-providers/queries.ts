import { and, asc, count, desc, eq, ne, sql } from "drizzle-orm";
import type { ProviderPreset, ProviderState } from "@/db/enums";
import { kept } from "@/db/kept";
import { identities, identityProviders, type MappedClaims, type NoGroups, users } from "@/db/schema";
import { hasLeft } from "@/lib/authz/account-status";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { readsAs } from "@/lib/authz/principal";
import { requireAll, within } from "@/lib/authz/relation";
import type { Ctx, Person, Reads } from "@/lib/context";
import { addressesOf, type ProviderAddresses } from "@/lib/identity-providers/addresses";
import { countDependent } from "@/lib/identity-providers/dependent";
import { type Left, leftWithout } from "@/lib/identity-providers/left";
import type { Silent } from "@/lib/identity-providers/no-groups";
import { mayPrepare } from "@/lib/identity-providers/policy";
import { mappedOf, type ProviderRow } from "@/lib/identity-providers/store";
import type { Total } from "@/lib/lists/pagination";
import { isId } from "@/lib/normalization/id";
import { isOffered } from "@/lib/people/only-way-in";
import { groupsOffered, searchGroups } from "@/lib/people/pickers";
import { namedInSight } from "@/lib/people/scoped";
import { publicUrl } from "@/lib/platform/env";

/** A provider as the sign-in page offers it, to anyone. */
export type OfferedProvider = { slug: string; name: string; preset: ProviderPreset };

const offered = { slug: identityProviders.slug, name: identityProviders.name, preset: identityProviders.preset };

/** Those that people may sign in through, by name: a button each at /sign-in. */
export const offeredProviders = (db: Reads): Promise<OfferedProvider[]> =>
  db.select(offered).from(identityProviders).where(isOffered).orderBy(asc(identityProviders.nameKey));

/** One that is offered, by the short name in an address; else null. */
export async function offeredProvider(db: Reads, slug: string): Promise<OfferedProvider | null> {
  const [found] = await db
    .select(offered)
    .from(identityProviders)
    .where(and(isOffered, eq(identityProviders.slug, slug)));
  return found ?? null;
}

/** What "Create User" offers beside `default`: a provider, and why it cannot be chosen. */
export type OfferedConfiguration = { slug: string; name: string; reason: string | null };

/** Every provider that has been tested, enabled or not: people may be prepared before it is enabled. */
export async function configurationsOffered(db: Reads): Promise<OfferedConfiguration[]> {
  const rows = await db
    .select()
    .from(identityProviders)
    .where(ne(identityProviders.state, "draft"))
    .orderBy(asc(identityProviders.nameKey));
  return rows.map((provider) => {
    const may = mayPrepare(provider);
    return { slug: provider.slug, name: provider.name, reason: may.ok ? null : may.reason };
  });
}

/** The offered provider of an address's domain, or null. `domain`: as `foldEmail` has it. */
export async function providerOfDomain(db: Reads, domain: string): Promise<OfferedProvider | null> {
  const [found] = await db
    .select(offered)
    .from(identityProviders)
    .where(and(isOffered, sql`${domain} = any(${identityProviders.domains})`))
    .orderBy(asc(identityProviders.nameKey))
    .limit(1);
  return found ?? null;
}

/** What `/sign-in` says about a provider whose sign-in was refused; null for one that is not offered. */
export async function askedAbout(db: Reads, slug: string): Promise<{ name: string; contact: string } | null> {
  const [found] = await db
    .select({ name: identityProviders.name, contact: identityProviders.contact })
    .from(identityProviders)
    .where(and(eq(identityProviders.slug, slug), isOffered));
  return found ?? null;
}

export type ListedProvider = {
  id: string;
  slug: string;
  name: string;
  preset: ProviderPreset;
  state: ProviderState;
  issuer: string;
  onlyWayIn: boolean;
  secretExpiresAt: Date | null;
  people: number;
  lastSignInAt: Date | null;
};

/** Every provider, by name. There are few, so they fit on one page. Throws `forbidden` without `identity_provider.read`. */
export async function listProviders(ctx: Ctx): Promise<ListedProvider[]> {
  requireAll(ctx, "identity_provider.read", "You don't have permission to see the identity providers.");
  const people = ctx.db
    .select({
      providerId: identities.providerId,
      people: count().as("people"),
      last: sql<Date | null>`max(${identities.lastSignInAt})`.mapWith(identities.lastSignInAt).as("last"),
    })
    .from(identities)
    .groupBy(identities.providerId)
    .as("people");
  const rows = await ctx.db
    .select({ provider: identityProviders, people: people.people, last: people.last })
    .from(identityProviders)
    .leftJoin(people, eq(people.providerId, identityProviders.id))
    .orderBy(asc(identityProviders.nameKey));
  return rows.map(({ provider, ...counted }) => ({
    id: provider.id,
    slug: provider.slug,
    name: provider.name,
    preset: provider.preset,
    state: provider.state,
    issuer: provider.issuer,
    onlyWayIn: provider.onlyWayIn,
    secretExpiresAt: provider.secretExpiresAt,
    people: counted.people ?? 0,
    lastSignInAt: counted.last,
  }));
}

/** A provider with everything but its secret, and what has to be entered at the provider. */
export type ShownProvider = Omit<
  ProviderRow,
  "nameKey" | "keyVersion" | "versionEventId" | "connectionId" | "testedBy"
> & {
  owner: { id: string; name: string } | null;
  /** Its owner is archived, disabled or no longer has access. */
  ownerLeft: boolean;
  /** How many users are linked to it. */
  people: number;
  /** How many of them can sign in through it alone. */
  dependent: Total;
  /** The groups that it gives, by name, as far as the viewer may see them. */
  defaultGroups: { id: string; label: string }[];
  /** Which groups the values of its claim map to, as far as the viewer may see these. */
  groups: { value: string; groupId: string; group: string }[];
  /** Why some of the last people who signed in came without groups. */
  silent: Silent[];
  addresses: ProviderAddresses;
};

/** Null where there is none. The claims of the last test, which are somebody's, are for those who may change it. Throws `forbidden` without `identity_provider.read`. */
export async function findProvider(ctx: Ctx, id: string): Promise<ShownProvider | null> {
  requireAll(ctx, "identity_provider.read", "You don't have permission to see the identity providers.");
  if (!isId(id)) return null;
  const [row] = await ctx.db.select().from(identityProviders).where(eq(identityProviders.id, id));
  if (!row) return null;
  const { nameKey: _, keyVersion: __, versionEventId: ___, connectionId: ____, testedBy: _____, ...provider } = row;
  const owner = row.ownerId ? await namedInSight(ctx, ctx.db, row.ownerId) : null;
  const left = row.ownerId ? await ctx.db.$count(users, and(eq(users.id, row.ownerId), hasLeft(ctx.now()))) : 0;
  const testClaims = holdsBeyondSelf(ctx.actor.access, "identity_provider.update") ? row.testClaims : null;
  const defaultGroups = row.defaultGroupIds.length > 0 ? await searchGroups(ctx, { ids: row.defaultGroupIds }) : [];
  const addresses = ownAddressesOf(row.slug);
  const people = await ctx.db.$count(identities, eq(identities.providerId, id));
  const groups = await mappedOf(ctx.db, id, groupsOffered(ctx));
  const silent = row.groupsClaim === "" ? [] : await silentOf(ctx.db, id);
  const dependent = await countDependent(ctx, row);
  const told = { testClaims, owner, ownerLeft: left > 0, people, dependent, defaultGroups, groups, silent, addresses };
  return { ...provider, ...told };
}

/** How many of those who signed in last are looked at. */
const lastSignIns = 1_000;

function silentOf(db: Reads, providerId: string): Promise<Silent[]> {
  return db
    .select({ why: sql<NoGroups>`l.claims->>'groups'`, people: count() })
    .from(
      sql`(select claims from identities where provider_id = ${providerId} and last_sign_in_at is not null
            order by last_sign_in_at desc limit ${sql.raw(String(lastSignIns))}) l`,
    )
    .where(sql`jsonb_typeof(l.claims->'groups') = 'string'`)
    .groupBy(sql`l.claims->>'groups'`)
    .orderBy(desc(count()));
}

/** Our own addresses that a provider has to know. */
export const ownAddressesOf = (slug: string) => addressesOf(publicUrl().origin, slug);

export const redirectUriOf = (slug: string) => ownAddressesOf(slug).redirect;

export type ShownIdentity = {
  id: string;
  provider: { id: string; name: string };
  subject: string;
  claims: Pick<MappedClaims, "username" | "email">;
  /** Why the last sign-in came without groups; null where it had them, or none are mapped. */
  silent: NoGroups | null;
  lastSignInAt: Date | null;
  /** By what its person can sign in once it is unlinked. */
  left: Left;
};

/** At which providers a person is known: one's own, or those of somebody whom the actor may see. */
export async function identitiesOf(ctx: Ctx<Person>, userId: string): Promise<ShownIdentity[]> {
  if (!isId(userId)) return [];
  const seen = userId === readsAs(ctx.actor) ? sql`true` : within(ctx, "user.read", users.id);
  const asked = ctx.db
    .select({ identity: identities, providerId: identityProviders.id, name: identityProviders.name })
    .from(identities)
    .innerJoin(users, eq(users.id, identities.userId))
    .innerJoin(identityProviders, eq(identityProviders.id, identities.providerId))
    .where(and(eq(identities.userId, userId), seen))
    .orderBy(desc(identities.createdAt));
  const rows = await kept(asked);
  return Promise.all(
    rows.map(async ({ identity, providerId, name }) => ({
      id: identity.id,
      provider: { id: providerId, name },
      subject: identity.subject,
      claims: { username: identity.claims.username, email: identity.claims.email },
      silent: typeof identity.claims.groups === "string" ? identity.claims.groups : null,
      lastSignInAt: identity.lastSignInAt,
      left: await leftWithout(ctx, ctx.db, identity),
    })),
  );
}
