import { inArray, sql } from "drizzle-orm";
import { users } from "@/db/schema";
import type { LoggedEvent } from "@/lib/audit/event";
import { purgedName } from "@/lib/audit/told";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { fullName } from "@/lib/normalization/names";

const reference = /^user:([0-9a-f-]{36})$/;
/** Also behind the name of a filter: "Manager: user:…". */
const referenceBehind = /^(.*: )?user:([0-9a-f-]{36})$/s;

/** How a value names a person: by id, so that a purge leaves no name behind in anybody else's events (U14). */
export const personValue = (id: string | null) => (id ? referenceTo(id) : null);
export const peopleValue = (ids: string[]) => ids.map(referenceTo);
const referenceTo = (id: string) => `user:${id}`;

type Named = { event: Pick<LoggedEvent, "named" | "values"> };

/**
 * Puts today's names in place of people's ids among the values, in one query for a whole page. A refusal's reason that
 * names somebody stays with readers who may see them (R11).
 */
export async function withNames<E extends Named>(ctx: Ctx, rows: E[]): Promise<E[]> {
  const ids = new Set(rows.flatMap(({ event }) => event.named));
  mapValues(rows, (id) => {
    ids.add(id);
    return id;
  });
  if (ids.size === 0) return rows;
  const me = ctx.actor.access.personId;
  const people = await ctx.db
    .select({
      id: users.id,
      firstName: users.firstName,
      lastName: users.lastName,
      visible: sql<boolean>`${within(ctx, "user.read", users.id)} or ${users.id} = ${me}`,
    })
    .from(users)
    .where(inArray(users.id, [...ids]));
  const names = new Map(
    people.map((person) => [person.id, person.visible ? fullName(person) : "somebody outside your view"]),
  );
  const visible = new Set(people.flatMap((person) => (person.visible ? [person.id] : [])));
  return mapValues(
    rows.map((row) => ({ ...row, event: withReason(row.event, names, visible) })),
    (id) => names.get(id) ?? purgedName(id),
  );
}

function withReason<V extends Named["event"]>(event: V, known: Map<string, string>, visible: Set<string>): V {
  const purged = event.named.filter((id) => !known.has(id));
  if (purged.length > 0) return reasoned(event, `The reason named ${purged.map(purgedName).join(" and ")}.`);
  if (event.named.every((id) => visible.has(id)) || !event.values["fact.reason"]) return event;
  return reasoned(event, "The reason names somebody outside your view.");
}

const reasoned = <V extends Named["event"]>(event: V, reason: string): V => ({
  ...event,
  values: { ...event.values, "fact.reason": reason },
});

/** The same for values that are no event yet. */
export async function namedValues(ctx: Ctx, values: Record<string, unknown>): Promise<Record<string, unknown>> {
  const [named] = await withNames(ctx, [{ event: { named: [], values } }]);
  return named?.event.values ?? {};
}

/** Whom the reason of an event names; older events have these ids among their values. */
export function namedBy(namedIds: string[] | null, older: unknown): string[] {
  if (namedIds) return namedIds;
  return Array.isArray(older) ? older.flatMap((id) => reference.exec(String(id))?.[1] ?? []) : [];
}

function mapValues<E extends Named>(rows: E[], name: (id: string) => string): E[] {
  const inWords = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inWords);
    const [, before = "", id] = (typeof value === "string" && referenceBehind.exec(value)) || [];
    return id ? before + name(id) : value;
  };
  return rows.map((row) => ({
    ...row,
    event: {
      ...row.event,
      values: Object.fromEntries(Object.entries(row.event.values).map(([path, value]) => [path, inWords(value)])),
    },
  }));
}
