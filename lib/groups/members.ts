import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { ShownStatus } from "@/db/enums";
import { lasting } from "@/db/lasting";
import { groupMembers, identityProviders } from "@/db/schema";
import { authorizeAll } from "@/lib/authz/authorize";
import type { Decision } from "@/lib/authz/decision";
import { reachedBy, within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { type MemberFilters, memberList } from "@/lib/groups/filters";
import { countOf, type Page, type Total } from "@/lib/lists/pagination";
import { serveList } from "@/lib/lists/serve-list";
import { findGroup, type GroupRow } from "@/lib/memberships/scoped";
import { fullName } from "@/lib/normalization/names";
import { namedRow } from "@/lib/people/rows";
import { findPerson } from "@/lib/people/scoped";
import { userList } from "@/lib/users/filters";
import { findPeople } from "@/lib/users/list";
import { sortKeys } from "@/lib/users/list/sorts";

export type ListedMember = {
  id: string;
  name: string;
  username: string;
  email: string;
  status: ShownStatus;
  picture: string | undefined;
  endsAt: Date | null;
  /** The provider that gave the membership (I3); null: somebody here. */
  by: string | null;
};

export type MemberPage = Page<ListedMember> & { bounded: boolean };

/** The people who are in a group now and whom the actor may see, by name: the list of users, of one group. */
export const servedMembers = serveList(memberList, {
  about: (groupId: string) => groupId,
  keys: () => sortKeys.name.map(({ shape }) => shape),
  choices: {},
  async page(ctx, { filters, place, of: groupId }): Promise<MemberPage> {
    const page = await findPeople(ctx, { ...userList.usual, q: filters.q, group: [groupId] }, place);
    const ids = page.rows.map(({ id }) => id);
    const held = await ctx.db
      .select({ userId: groupMembers.userId, endsAt: groupMembers.endsAt, by: identityProviders.name })
      .from(groupMembers)
      .leftJoin(identityProviders, eq(identityProviders.id, groupMembers.providerId))
      .where(and(eq(groupMembers.groupId, groupId), inArray(groupMembers.userId, ids)));
    const membershipOf = new Map(held.map(({ userId, ...membership }) => [userId, membership]));
    const rows = page.rows.map((person) => ({
      ...namedRow(ctx, person),
      ...(membershipOf.get(person.id) ?? { endsAt: null, by: null }),
    }));
    return { ...page, rows };
  },
});

export const listMembers = (ctx: Ctx, groupId: string, filters: MemberFilters) =>
  servedMembers.page(ctx, filters, groupId);

/** How many people are in a group now, and how many of them the actor may see. Archived ones do not count. */
export async function countMembers(ctx: Ctx, groupId: string): Promise<{ all: Total; seen: Total }> {
  const count = (inSight: SQL) =>
    countOf(
      ctx,
      sql`group_members where group_id = ${groupId} and person_present and ${lasting("group_members", ctx.now())} and ${inSight}`,
    );
  const all = count(sql`true`);
  const seesEveryone = reachedBy(ctx, "user.read") === "everyone";
  const seen = seesEveryone ? all : count(within(ctx, "user.read", groupMembers.userId));
  return { all: await all, seen: await seen };
}

export type MemberSubject = {
  id: string;
  name: string;
  endsAt: Date | null;
  by: string | null;
  abilities: Record<"group.add_member" | "group.remove_member", Decision>;
};

/** One member as a menu needs them: until when, and what the actor may do about it (R13). */
export async function getMember(ctx: Ctx, groupId: string, userId: string): Promise<MemberSubject> {
  const [group, person] = await Promise.all([findGroup(ctx, groupId), findPerson(ctx, "user.read", userId)]);
  if (!group) throw notFound("The group");
  if (!person) throw notFound("The user");
  const name = fullName(person);
  const [held] = await ctx.db
    .select({ endsAt: groupMembers.endsAt, by: identityProviders.name })
    .from(groupMembers)
    .leftJoin(identityProviders, eq(identityProviders.id, groupMembers.providerId))
    .where(and(eq(groupMembers.groupId, groupId), eq(groupMembers.userId, userId)));
  return {
    id: userId,
    name,
    endsAt: held?.endsAt ?? null,
    by: held?.by ?? null,
    abilities: await abilitiesOn(ctx, group, { id: userId, name }),
  };
}

const abilitiesOn = (ctx: Ctx, group: GroupRow, person: { id: string; name: string }) =>
  authorizeAll(ctx, ctx.db, ["group.add_member", "group.remove_member"], { person, ownerId: group.ownerId });
