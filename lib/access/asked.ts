import { and, asc, eq, getTableColumns, inArray, or, type SQL, sql } from "drizzle-orm";
import { lasting } from "@/db/lasting";
import { appOperations, groupMembers, groups, users } from "@/db/schema";
import { type AskedOperation, askedOperations } from "@/lib/access/asked-operations";
import { scopesOf } from "@/lib/authz/evaluate";
import { readsAs } from "@/lib/authz/principal";
import { within } from "@/lib/authz/relation";
import type { Ctx, Person } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { foundIn } from "@/lib/normalization/search-condition";
import { choosePeople } from "@/lib/people/pickers";
import type { UserRow } from "@/lib/people/scoped";
import { searchCondition } from "@/lib/people/search";

/** What may be named in a question: oneself, the people whom one may see, and the groups that one sees. */
const inSight = (ctx: Ctx<Person>) => or(within(ctx, "user.read", users.id), eq(users.id, readsAs(ctx.actor)));

/** A person's row, with the additional roles that are stored with them: ended ones too, in the order of their ids. */
export type AskedPerson = UserRow & { stored: { id: string; endsAt: Date | null }[] };

export async function askedPerson(ctx: Ctx<Person>, id: string): Promise<AskedPerson> {
  const [person] = await askedPeople(ctx, [id]);
  return person as AskedPerson;
}

/** In the order of the ids. */
export async function askedPeople(ctx: Ctx<Person>, ids: string[]): Promise<AskedPerson[]> {
  const rows = await ctx.db
    .select({
      ...getTableColumns(users),
      roles: sql<[string, string | null][]>`(
        select coalesce(json_agg(json_build_array(ur.role_id, ur.ends_at) order by ur.role_id), '[]')
          from user_roles ur where ur.user_id = users.id)`,
    })
    .from(users)
    .where(and(inArray(users.id, ids), inSight(ctx)));
  return ids.map((id) => {
    const found = rows.find((row) => row.id === id.toLowerCase());
    if (!found) throw notFound("The user");
    const { roles, ...person } = found;
    return { ...person, stored: roles.map(([roleId, ends]) => ({ id: roleId, endsAt: ends ? new Date(ends) : null })) };
  });
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

export async function askedGroup(ctx: Ctx<Person>, id: string): Promise<AskedGroup> {
  const [group] = await ctx.db
    .select({ id: groups.id, name: groups.name, ownerId: groups.ownerId })
    .from(groups)
    .where(and(eq(groups.id, id), groupInSight(ctx)));
  if (!group) throw notFound("The group");
  return group;
}

export async function allAskedOperations(ctx: Ctx): Promise<AskedOperation[]> {
  const apps = await ctx.db
    .select({ key: appOperations.key, sentence: appOperations.sentence })
    .from(appOperations)
    .orderBy(asc(appOperations.key));
  return askedOperations(apps);
}

export async function askedOperation(ctx: Ctx, key: string): Promise<AskedOperation> {
  const found = (await allAskedOperations(ctx)).find((operation) => operation.key === key);
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
