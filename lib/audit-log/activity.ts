import { labelPeople } from "@/lib/audit-log/people";
import { type EventPage, type EventQuery, listEvents, listOwnEvents } from "@/lib/audit-log/queries";
import type { Ctx, Person } from "@/lib/context";
import { isId } from "@/lib/normalization/id";
import { fullName } from "@/lib/normalization/names";
import { findPerson } from "@/lib/people/scoped";

export type Activity = {
  person: { id: string; name: string };
  /** Null when the actor sees the person but may not read their events. */
  page: EventPage | null;
};

/**
 * What happened to a person and what they did, as far as the actor may read it; one's own account always, but not in a view. Null for
 * somebody whom the actor may not see. Throws `invalid` for a cursor that does not fit.
 */
export async function findActivity(ctx: Ctx<Person>, userId: string, query: EventQuery): Promise<Activity | null> {
  if (!isId(userId)) return null;
  const found = await findPerson(ctx, "user.read", userId);
  if (!found) return null;
  const person = { id: found.id, name: fullName(found) };
  const mine = { ...query, filters: { ...query.filters, person: [found.id] } };
  const [label] = await labelPeople(ctx, [found.id]);
  if (label?.known) return { person, page: await listEvents(ctx, mine) };
  const own = found.id === ctx.actor.id && !ctx.actor.viewing;
  return { person, page: own ? await listOwnEvents(ctx, query) : null };
}
