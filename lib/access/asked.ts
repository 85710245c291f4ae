import { and, eq, getTableColumns, or, type SQL, sql } from "drizzle-orm";
import { kept } from "@/db/kept";
import { lasting } from "@/db/lasting";
import { above as aboveThem } from "@/db/places";
import { groupMembers, groups, users } from "@/db/schema";
import { type AskedOperation, askedOperations } from "@/lib/access/asked-operations";
import { currentCatalogue } from "@/lib/authz/catalogue";
import { type Relation, scopesOf } from "@/lib/authz/evaluate";
import { accessFrom, holdingColumns, holdingOf } from "@/lib/authz/load";
import type { Access } from "@/lib/authz/model";
import { readsAs } from "@/lib/authz/principal";
import { relationColumns, within } from "@/lib/authz/relation";
import type { Ctx, Person } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { foundIn } from "@/lib/normalization/search-condition";
import { type HeldBy, heldBy } from "@/lib/people/held";
import { choosePeople } from "@/lib/people/pickers";
import type { UserRow } from "@/lib/people/scoped";
import { searchCondition } from "@/lib/people/search";

/** What a question may name: oneself, the people whom the actor may see, and the groups that the actor sees. */
const inSight = (ctx: Ctx<Person>) => or(within(ctx, "user.read", users.id), eq(users.id, readsAs(ctx.actor)));

/** A person's row, with the additional roles that are stored with them: ended ones too, in the order of their ids. */
export type AskedPerson = UserRow & { stored: { id: string; endsAt: Date | null }[] };

/** The same of a row in sight and what is stored with it. */
export const askedFrom = (person: UserRow, { roles }: Pick<HeldBy, "roles">): AskedPerson => ({
  ...person,
  stored: roles.map(({ id, endsAt }) => ({ id, endsAt })).sort((one, other) => (one.id < other.id ? -1 : 1)),
});

export async function askedPerson(ctx: Ctx<Person>, id: string): Promise<AskedPerson> {
  const [person] = await ctx.db
    .select()
    .from(users)
    .where(and(eq(users.id, id), inSight(ctx)));
  if (!person) throw notFound("The user");
  return askedFrom(person, await heldBy(ctx.db, id));
}

/** The people whom a question names besides its person, and how they relate: `reached` by the person, and `reaching` them. */
export type AskedOther = {
  person: UserRow;
  access: Access;
  reached: Relation;
  reaching: Relation;
  /** Who is above the other, and above the person. */
  above: { other: string[]; person: string[] };
  group: AskedGroup | null;
};

/** All of it in one query. Throws `not_found` for a person or group out of sight. */
export async function askedOther(
  ctx: Ctx<Person>,
  personId: string,
  { id, groupId }: { id: string; groupId: string | null },
): Promise<AskedOther> {
  const at = ctx.now();
  const above = (one: SQL) => sql<string[]>`array(select a.user_id::text from (${aboveThem(sql`select ${one}`)}) a)`;
  const [row] = await kept(
    ctx.db
      .select({
        person: getTableColumns(users),
        ...holdingColumns,
        reached: relationColumns(sql`${personId}::uuid`, sql`users.id`, at),
        reaching: relationColumns(sql`users.id`, sql`${personId}::uuid`, at),
        above: { other: above(sql`users.id`), person: above(sql`${personId}::uuid`) },
        group: groupId === null ? sql<null>`null` : groupNamed(ctx, groupId),
      })
      .from(users)
      .innerJoin(holdingOf(sql`users.id`, sql`${at.toISOString()}`), sql`true`)
      .where(and(eq(users.id, id), inSight(ctx))),
  );
  if (!row) throw notFound("The user");
  if (groupId !== null && !row.group) throw notFound("The group");
  const { person, reached, reaching, above: over, group, ...held } = row;
  return {
    person,
    access: await accessFrom(ctx.db, person.id, held),
    reached: { ...reached, self: false },
    reaching: { ...reaching, self: false },
    above: over,
    group,
  };
}

/** Owned by the viewer, joined by the viewer, or within their `group.read`. */
export function groupInSight(ctx: Ctx<Person>): SQL | undefined {
  if (scopesOf(ctx.actor.access, "group.read").has("all")) return undefined;
  const me = readsAs(ctx.actor);
  const member = sql`exists(select 1 from ${groupMembers} gm where gm.group_id = ${groups.id} and gm.user_id = ${me}
    and ${lasting("gm", ctx.now())})`;
  return or(eq(groups.ownerId, me), member);
}

export type AskedGroup = { id: string; name: string; ownerId: string | null };

const groupNamed = (ctx: Ctx<Person>, id: string) => sql<AskedGroup | null>`(
  select json_build_object('id', groups.id, 'name', groups.name, 'ownerId', groups.owner_id)
    from groups where ${and(eq(groups.id, id), groupInSight(ctx))})`;

export async function askedGroup(ctx: Ctx<Person>, id: string): Promise<AskedGroup> {
  const [row] = await ctx.db.select({ group: groupNamed(ctx, id) }).from(sql`(select 1) one`);
  if (!row?.group) throw notFound("The group");
  return row.group;
}

export async function askedOperation(ctx: Ctx, key: string): Promise<AskedOperation> {
  const { appOperations } = await currentCatalogue(ctx.db);
  const found = askedOperations(appOperations).find((operation) => operation.key === key);
  if (!found) throw notFound("The operation");
  return found;
}

type Choice = { id: string; label: string; hint?: string };

const most = 20;

/** People who can be named in a question, by part of a name: in any state, archived ones too. */
export function searchAskedPeople(ctx: Ctx<Person>, q: string): Promise<Choice[]> {
  return choosePeople(ctx, [inSight(ctx) ?? null, searchCondition(q)]);
}

export function searchAskedGroups(ctx: Ctx<Person>, q: string): Promise<Choice[]> {
  return ctx.db
    .select({ id: groups.id, label: groups.name })
    .from(groups)
    .where(and(groupInSight(ctx), foundIn(groups.search, q) ?? undefined))
    .orderBy(groups.nameKey)
    .limit(most);
}
