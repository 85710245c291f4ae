import { and, asc, eq, sql } from "drizzle-orm";
import { lasting } from "@/db/lasting";
import { above } from "@/db/places";
import { groupMembers, groups, users } from "@/db/schema";
import type { AskedOf, Words } from "@/lib/access/explanation";
import { readsAs } from "@/lib/authz/principal";
import { within } from "@/lib/authz/relation";
import type { Voice } from "@/lib/authz/scope-words";
import type { Ctx, Person } from "@/lib/context";
import { fullName } from "@/lib/normalization/names";

const strangers = "somebody outside your view";
const chainUpTo = 4;

/** "Eve Engineer reports to Bob, who reports to Lee": the managers between two people, the nearest first. */
export async function reportsFact(ctx: Ctx<Person>, on: AskedOf, voice: Voice, actorId: string): Promise<Words> {
  const rows = await ctx.db
    .select({
      id: users.id,
      firstName: users.firstName,
      lastName: users.lastName,
      visible: sql<boolean>`${within(ctx, "user.read", users.id)} or ${users.id} = ${readsAs(ctx.actor)}`,
    })
    .from(sql`(${above(sql`select ${on.id}::uuid`)}) chain`)
    .innerJoin(users, sql`${users.id} = chain.user_id`)
    .orderBy(sql`chain.steps`);
  const between = rows.slice(
    0,
    rows.findIndex(({ id }) => id === actorId),
  );
  if (between.length > chainUpTo)
    return [{ strong: on.name }, ` is below ${voice.whom}, ${between.length + 1} steps down`];
  const names = between.map((row) => (row.visible ? fullName(row) : strangers));
  return [{ strong: on.name }, " reports to ", ...names.map((name) => `${name}, who reports to `), voice.whom];
}

/** "Eve Engineer is in Regression, which Lee owns". */
export async function ownedGroupsFact(ctx: Ctx<Person>, on: AskedOf, voice: Voice, actorId: string): Promise<Words> {
  const rows = await ctx.db
    .select({ name: groups.name })
    .from(groupMembers)
    .innerJoin(groups, eq(groups.id, groupMembers.groupId))
    .where(and(eq(groupMembers.userId, on.id), eq(groups.ownerId, actorId), lasting("group_members", ctx.now())))
    .orderBy(asc(groups.nameKey))
    .limit(3);
  const names = rows.map(({ name }) => name).join(" and ");
  return [{ strong: on.name }, ` is in ${names}, which ${voice.self ? "you own" : `${voice.whom} owns`}`];
}
