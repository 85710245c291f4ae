import { and, desc, eq, inArray, isNotNull, ne } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { groupMembers, groups, identities, type MappedClaims, users } from "@/db/schema";
import { groupsIn, mapClaims } from "@/lib/auth/providers/oidc/claims";
import { authorize } from "@/lib/authz/authorize";
import { answerOf } from "@/lib/authz/decision";
import { guardGrants } from "@/lib/authz/guards";
import { previewShare } from "@/lib/capacity/heavy-work";
import type { Ctx, Person } from "@/lib/context";
import { actingAs } from "@/lib/identity-providers/actor";
import { updateProvider } from "@/lib/identity-providers/commands/update";
import { providerById } from "@/lib/identity-providers/find";
import { movesOf } from "@/lib/identity-providers/group-moves";
import { broughtBy } from "@/lib/identity-providers/profile";
import type { UpdateProvider } from "@/lib/identity-providers/schema";
import { mappedOf, type ProviderRow } from "@/lib/identity-providers/store";
import { run } from "@/lib/kernel/run";
import { fullName } from "@/lib/normalization/names";
import type { KeptField } from "@/lib/people/kept-fields";
import type { UserRow } from "@/lib/people/scoped";

/** What the next sign-in of somebody would change. `refused`: why it would not. */
export type ForeseenPerson = {
  id: string;
  name: string;
  fields: { field: KeptField; from: string; to: string }[];
  joins: string[];
  leaves: string[];
  refused: string | null;
};

/** What a changed mapping would change, for whom: nothing of it happens before they sign in. */
export type MappingPreview = {
  /**
   * How many have signed in through it. `over`: only those who signed in last were looked at, so there may be more.
   * `unforeseen`: people about whom too little was sent. `changed`: of those looked at.
   */
  people: { known: number; looked: number; over: boolean; unforeseen: number; changed: number };
  /** The first of them by name. */
  first: ForeseenPerson[];
  /** Mapped groups that nobody is put into: they carry more than the ceiling, or than the owner holds. */
  withheld: Withheld[];
  /** Why nobody new could be created. */
  creates: string | null;
};

type Withheld = { group: string; reason: string; people: number };

const mostLooked = 2_000;
const mostShown = 50;

/** A dry run of the save, in which the last claims of those who are known are read by the new mapping. */
export const previewMapping = (ctx: Ctx<Person>, input: UpdateProvider): Promise<MappingPreview> =>
  previewShare.within(ctx.actor.id, async () => {
    const before = await providerById(ctx.db, input.id);
    const inspect = (tx: Tx) => foresee(ctx, tx, input.id, before?.groupsClaim ?? "");
    return (await run(ctx, updateProvider, input, { dryRun: true, inspect })).inspected;
  });

async function foresee(ctx: Ctx, tx: Tx, id: string, formerClaim: string): Promise<MappingPreview> {
  const provider = await providerById(tx, id);
  if (!provider) throw new Error("The provider vanished while it was locked");
  const acting = await actingAs(ctx, tx, provider);
  const mapped = await mappedOf(tx, id);
  const withheld = await withheldOf(acting, tx, mapped);
  const signedIn = and(eq(identities.providerId, id), isNotNull(identities.lastSignInAt));
  const rows = await tx
    .select({ person: users, claims: identities.claims })
    .from(identities)
    .innerJoin(users, eq(users.id, identities.userId))
    .where(and(signedIn, ne(users.status, "archived")))
    .orderBy(desc(identities.lastSignInAt))
    .limit(mostLooked);
  const held = await membershipsOf(
    tx,
    rows.map(({ person }) => person.id),
  );
  const changed: Moved[] = [];
  let unforeseen = 0;
  for (const { person, claims } of rows) {
    const values = valuesOf(provider, claims, formerClaim);
    if (!claims.told || (provider.groupsClaim !== "" && values === null)) unforeseen++;
    const memberships = held.get(person.id) ?? [];
    const told = { providerId: id, values: values ?? [], mapped, held: memberships, now: ctx.now() };
    const { join, leave } = values ? movesOf(told) : { join: [], leave: [] };
    for (const groupId of join) {
      const kept = withheld.get(groupId);
      if (kept) kept.people++;
    }
    const moved = {
      person,
      fields: fieldsOf(provider, person, claims),
      join: join.filter((one) => !withheld.has(one)),
      leave,
    };
    if (moved.fields.length + moved.join.length + moved.leave.length > 0) changed.push(moved);
  }
  const known = await tx.$count(identities, signedIn);
  const over = rows.length === mostLooked && known > mostLooked;
  return {
    people: { known, looked: rows.length, over, unforeseen, changed: changed.length },
    first: await firstOf(acting, tx, changed),
    withheld: [...withheld.values()],
    creates: await createsOf(acting, tx, provider),
  };
}

type Moved = { person: UserRow; fields: ForeseenPerson["fields"]; join: string[]; leave: string[] };

/** By name. Whom the provider may not act on (R13) is asked of these alone. */
async function firstOf(acting: Ctx, tx: Tx, changed: Moved[]): Promise<ForeseenPerson[]> {
  const byName = changed.toSorted((a, b) => (a.person.nameKey < b.person.nameKey ? -1 : 1)).slice(0, mostShown);
  const names = await groupNames(tx, byName);
  const named = (ids: string[]) => ids.flatMap((groupId) => names.get(groupId) ?? []).sort();
  const first: ForeseenPerson[] = [];
  for (const { person, fields, join, leave } of byName) {
    const name = fullName(person);
    const may = await authorize(acting, tx, "identity.update", { person: { id: person.id, name } });
    const refused = may.ok || fields.length + join.length === 0 ? null : `${name} can do more than the ceiling allows.`;
    first.push({ id: person.id, name, fields, joins: named(join), leaves: named(leave), refused });
  }
  return first;
}

/** What the provider last sent of somebody's groups, in the claim that is mapped now; null: nothing that says. */
function valuesOf({ groupsClaim }: ProviderRow, { groups, told }: MappedClaims, formerClaim: string): string[] | null {
  if (groupsClaim === "") return null;
  const values = groupsClaim === formerClaim && groups !== undefined ? groups : told && groupsIn(told, groupsClaim);
  return Array.isArray(values) ? values : null;
}

/** Of those whom the provider owns, as a sign-in would bring them. */
function fieldsOf(provider: ProviderRow, person: UserRow, { told }: MappedClaims): ForeseenPerson["fields"] {
  if (person.configuration !== provider.slug || !told) return [];
  const brought = broughtBy(provider, mapClaims(provider.mapping, told));
  return (Object.keys(brought) as KeptField[]).flatMap((field) => {
    const to = brought[field];
    return to === undefined || to === person[field] ? [] : [{ field, from: person[field], to }];
  });
}

async function membershipsOf(tx: Tx, userIds: string[]) {
  const rows =
    userIds.length > 0 ? await tx.select().from(groupMembers).where(inArray(groupMembers.userId, userIds)) : [];
  const held = new Map<string, typeof rows>();
  for (const row of rows) held.set(row.userId, [...(held.get(row.userId) ?? []), row]);
  return held;
}

async function groupNames(tx: Tx, moved: Moved[]): Promise<Map<string, string>> {
  const ids = [...new Set(moved.flatMap(({ join, leave }) => [...join, ...leave]))];
  const rows =
    ids.length > 0
      ? await tx.select({ id: groups.id, name: groups.name }).from(groups).where(inArray(groups.id, ids))
      : [];
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** R8 of each mapped group, asked once for all who would join it. */
async function withheldOf(
  acting: Ctx,
  tx: Tx,
  mapped: { groupId: string; group: string }[],
): Promise<Map<string, Withheld>> {
  const withheld = new Map<string, Withheld>();
  for (const [groupId, group] of new Map(mapped.map((one) => [one.groupId, one.group]))) {
    const reason = await guardedReason(() => guardGrants(acting, tx, { memberships: [{ groupId, until: null }] }));
    if (reason) withheld.set(groupId, { group, reason, people: 0 });
  }
  return withheld;
}

/** The same of what everybody who is created is given. */
async function createsOf(acting: Ctx, tx: Tx, provider: ProviderRow): Promise<string | null> {
  const { createsUsers, defaultRoleId, defaultGroupIds } = provider;
  if (!createsUsers || !defaultRoleId) return null;
  const memberships = defaultGroupIds.map((groupId) => ({ groupId, until: null }));
  return guardedReason(() => guardGrants(acting, tx, { roles: [{ roleId: defaultRoleId, until: null }], memberships }));
}

/** Worded for a viewer: refusals address the person who gives. */
async function guardedReason(guard: () => Promise<void>): Promise<string | null> {
  const decision = await guard().then(
    () => null,
    (error: unknown) => answerOf(error),
  );
  if (!decision || decision.ok) return null;
  return decision.reason.replace(
    /, which you do not hold(.*), so you cannot give it\.$/,
    ", which is above the ceiling$1.",
  );
}
