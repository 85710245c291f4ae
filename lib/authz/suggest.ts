import { and, inArray, sql } from "drizzle-orm";
import { above } from "@/db/places";
import { users } from "@/db/schema";
import { personActor } from "@/lib/auth/person";
import { administratorIds } from "@/lib/authz/administrators";
import type { Draft } from "@/lib/authz/draft";
import { draftsFor, effectOf } from "@/lib/authz/drafts";
import { mayMake, type Way, waysOf } from "@/lib/authz/enact";
import type { Asked } from "@/lib/authz/explain";
import { rolesCarrying } from "@/lib/authz/holders";
import { loadAccess } from "@/lib/authz/load";
import { within } from "@/lib/authz/relation";
import type { Suggestion } from "@/lib/authz/suggestion";
import type { Ctx, Person } from "@/lib/context";
import { otherHolders } from "@/lib/roles/usage";
import { readUserFilters } from "@/lib/users/filters";
import { listUsers } from "@/lib/users/list";
import { fullName } from "@/lib/users/names";
import { statusCondition } from "@/lib/users/status";

const suggestionsUpTo = 6;
const makersUpTo = 3;

/** The smallest changes that would grant what was denied, whether the viewer may make each, and who may (R7). */
export async function suggest(ctx: Ctx<Person>, asked: Asked): Promise<Suggestion[]> {
  const drafts = (await draftsFor(ctx, asked)).slice(0, suggestionsUpTo);
  const suggestions: Suggestion[] = [];
  for (const draft of drafts) {
    const ways = waysOf(draft.change);
    const { way, verdict } = await bestWay(ctx, ways, draft.after);
    suggestions.push({
      steps: draft.steps,
      effect: effectOf(draft, asked, draft.shared && (await otherHolders(ctx, draft.shared, asked.person.id))),
      mayViewer: verdict,
      href: way.href,
      label: labels[draft.change.kind],
      makers: verdict.ok ? null : await makersOf(ctx, asked, ways, draft.after),
    });
  }
  return suggestions;
}

const labels: Record<Draft["change"]["kind"], string> = {
  roles: "Edit roles",
  manager: "Edit manager",
  join: "Edit membership",
  owner: "Edit group",
  carry: "Edit role",
  enable: "Enable",
  end: "Edit end",
};

/** The first way that the viewer may take; else the first of all, with its reason. */
async function bestWay(ctx: Ctx<Person>, ways: Way[], after: Draft["after"]) {
  const tried = [];
  for (const way of ways) {
    const verdict = await mayMake(ctx, way, after);
    if (verdict.ok) return { way, verdict };
    tried.push({ way, verdict });
  }
  const [first] = tried;
  if (!first) throw new Error("There is no way to make this change");
  return first;
}

/** People in sight who may, asked of the same guards as themselves: those above first, then administrators, then others. */
async function makersOf(
  ctx: Ctx<Person>,
  asked: Asked,
  ways: Way[],
  after: Draft["after"],
): Promise<Suggestion["makers"]> {
  const carriers = await rolesCarrying(ctx, ways[0]?.operation ?? "");
  const wide = carriers.filter(({ scopes }) => scopes.includes("all"));
  const roles = [...new Set(wide.map(({ name }) => name))];
  const people: { id: string; name: string }[] = [];
  for (const person of await candidates(
    ctx,
    asked,
    wide.filter(({ admin }) => !admin).map(({ id }) => id),
  )) {
    if (people.length === makersUpTo) break;
    const access = await loadAccess(ctx.db, person.id, ctx.now());
    const theirs: Ctx<Person> = { ...ctx, actor: personActor({ id: person.id, sessionId: null, access }) };
    for (const way of ways)
      if ((await mayMake(theirs, way, after)).ok) {
        people.push(person);
        break;
      }
  }
  return { people, roles };
}

const candidatesOfEach = 4;

async function candidates(ctx: Ctx<Person>, { person, group }: Asked, roleIds: string[]) {
  const managers = await ctx.db
    .select({ id: sql<string>`above.user_id` })
    .from(sql`(${above(sql`select ${person.id}::uuid`)}) above`)
    .orderBy(sql`above.steps`)
    .limit(candidatesOfEach);
  const administrators = await ctx.db
    .select({ id: sql<string>`a.id` })
    .from(sql`(${administratorIds(ctx.now())} limit ${sql.raw(String(candidatesOfEach))}) a`);
  const holders =
    roleIds.length > 0
      ? (await listUsers(ctx, { ...readUserFilters({}).filters, role: roleIds, status: ["active"] })).rows
      : [];
  const ids = [
    ...managers,
    ...(group?.ownerId ? [{ id: group.ownerId }] : []),
    ...administrators,
    ...holders.slice(0, candidatesOfEach),
  ].map(({ id }) => id);
  const wanted = [...new Set(ids)].filter((id) => id !== ctx.actor.id && id !== person.id);
  if (wanted.length === 0) return [];
  const seen = await ctx.db
    .select({ id: users.id, firstName: users.firstName, lastName: users.lastName })
    .from(users)
    .where(and(inArray(users.id, wanted), statusCondition("active", ctx.now()), within(ctx, "user.read", users.id)));
  return wanted.flatMap((id) => {
    const found = seen.find((row) => row.id === id);
    return found ? [{ id, name: fullName(found) }] : [];
  });
}
