import { and, eq, inArray, isNull, notInArray, or, type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, makePgArray } from "drizzle-orm/pg-core";
import { events, eventValues, users } from "@/db/schema";
import { reachedBy, within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { fullName } from "@/lib/normalization/names";
import { isFound } from "@/lib/normalization/search";
import { searchCondition } from "@/lib/people/search";

/** Whose events are asked for, by a search. */
const mostPeople = 100;

/** Events whose values contain the words are listed up to here. */
const mostTold = 2_000;

/** From so many letters on, words are found in the index of the texts of events. */
const least = 3;

type Searched = {
  /** When the events were that are searched: the months outside are not planned for. */
  span: (at: AnyPgColumn) => SQL | undefined;
  /** One's own events, of which the addresses of others are not shown. */
  own: boolean;
};

/**
 * What a search in the log finds, as ways to match of which an event fits one at most: events by or about people who are found by it, and
 * events whose values contain each of its words (L3). `many`: so many that they are not counted far.
 */
export async function armsOfText(ctx: Ctx, q: string, searched: Searched): Promise<{ arms: SQL[]; many: boolean }> {
  const [people, { arm: told, many }] = await Promise.all([peopleFound(ctx, q), toldOf(ctx, q, searched)]);
  if (people.length === 0) return { arms: [told ?? sql`false`], many };
  const [about, by] = [inArray(events.personId, people), inArray(events.actorId, people)];
  // Walked in the order of time: one of them alone could be rare beside the others.
  if (many) return { arms: [sql`(${or(about, by, told)})`], many };
  const byOthers = or(isNull(events.actorId), notInArray(events.actorId, people));
  const aboutOthers = or(isNull(events.personId), notInArray(events.personId, people));
  const others = told && and(told, aboutOthers, byOthers);
  return { arms: [about, and(by, aboutOthers), others].filter((arm) => arm !== undefined), many };
}

/** People by part of the name, user name or email; those out of sight by the name alone, which the log says (R11). */
async function peopleFound(ctx: Ctx, q: string): Promise<string[]> {
  const condition = searchCondition(q);
  if (!condition) return [];
  const found = await ctx.db
    .select({
      id: users.id,
      firstName: users.firstName,
      lastName: users.lastName,
      visible: sql<boolean>`${within(ctx, "user.read", users.id)} or ${users.id} = ${ctx.actor.access.personId}`,
    })
    .from(users)
    .where(condition)
    .limit(mostPeople);
  return found.filter((person) => person.visible || isFound(q, fullName(person))).map(({ id }) => id);
}

type Told = { arm: SQL | undefined; many: boolean };

/** Events whose text has each word: these where they are few, else each event on the way is checked. None where no word is long enough. */
async function toldOf(ctx: Ctx, q: string, { span, own }: Searched): Promise<Told> {
  const words = q.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.some((word) => word.length >= least)) return { arm: undefined, many: false };
  const holds = (text: SQL) => and(...words.map((word) => sql`${text} like ${`%${word.replace(/[\\%_]/g, "\\$&")}%`}`));
  const told = and(holds(sql`told_text(${eventValues.values})`), ...shownWords(ctx, own, holds));
  const few = await ctx.db
    .select({ id: eventValues.eventId, at: sql<string>`${eventValues.at}::text` })
    .from(eventValues)
    .where(and(span(eventValues.at), told))
    .limit(mostTold + 1);
  if (few.length > mostTold) {
    const ofOne = and(eq(eventValues.eventId, events.id), eq(eventValues.at, events.at));
    // No join, which would make the whole of it first.
    return { arm: sql`(select ${told} from ${eventValues} where ${ofOne})`, many: true };
  }
  const [ids, moments] = [few.map(({ id }) => id), few.map(({ at }) => at)];
  const listed = sql`select * from unnest(${makePgArray(ids)}::uuid[], ${makePgArray(moments)}::timestamptz[])`;
  return { arm: few.length > 0 ? sql`(${events.id}, ${events.at}) in (${listed})` : undefined, many: false };
}

/** Of what a reader may not be shown, nothing is found: reasons and ids that name somebody, and the addresses of others (R11). */
function shownWords(ctx: Ctx, own: boolean, holds: (text: SQL) => SQL | undefined) {
  if (!own && reachedBy(ctx, "user.read") === "everyone") return [];
  const shown = own
    ? sql`${eventValues.values} - '{fact.reason,address}'::text[]`
    : sql`${eventValues.values} - 'fact.reason'`;
  return [holds(sql`regexp_replace(told_text(${shown}), 'user:[0-9a-f-]{36}', '', 'g')`)];
}
