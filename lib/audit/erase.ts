import { and, eq, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { events, eventValues } from "@/db/schema";
import { fullName } from "@/lib/normalization/names";

type Known = { id: string; firstName: string; lastName: string; email: string };

/**
 * Erases what events say about somebody who is purged, by the ids in events; the events themselves stay, with their
 * commitments (L4). Called before the row of the person goes.
 */
export async function eraseFromEvents(tx: Tx, person: Known): Promise<void> {
  await eraseReasons(tx, heldBy(sql`${events.namedIds} @> array[${person.id}]::uuid[] and ${events.namedIds} <> '{}'`));
  await eraseOlderReasons(tx, person);
  await tx.delete(eventValues).where(heldBy(eq(events.personId, person.id)));
  await tx
    .update(eventValues)
    .set({ values: sql`${eventValues.values} - 'address' - 'agent' - 'token'` })
    .where(heldBy(eq(events.actorId, person.id)));
}

/** The values at hand are those of an event that fits. */
const heldBy = (fits: SQL | undefined) =>
  sql`exists (select 1 from ${events} where ${events.id} = ${eventValues.eventId} and ${events.at} = ${eventValues.at} and ${fits})`;

/** Sentences of refusals in other people's events. */
const eraseReasons = (tx: Tx, where: SQL | undefined) =>
  tx
    .update(eventValues)
    .set({ values: sql`${eventValues.values} - 'fact.reason'` })
    .where(where);

/**
 * Refusals from before events had the ids of those they name. Some keep them among their values; of the others the
 * sentence is compared, word by word, with the names and addresses that the person had.
 */
async function eraseOlderReasons(tx: Tx, person: Known): Promise<void> {
  const named = sql`${eventValues.values} #> '{fact.named,value}'`;
  const reason = sql`${eventValues.values} #>> '{fact.reason,value}'`;
  const patterns = sentencePatterns(await namesOf(tx, person));
  await eraseReasons(
    tx,
    and(
      or(
        sql`${named} @> ${JSON.stringify([`user:${person.id}`])}::jsonb`,
        sql`(${named} is null and ${reason} ~ any(${sql.param(patterns)}::text[]))`,
      ),
      heldBy(and(isNull(events.namedIds), ne(events.outcome, "succeeded"))),
    ),
  );
}

type Names = { full: string[]; emails: string[] };

/** What the person is called now, and was called according to their own events. */
async function namesOf(tx: Tx, person: Known): Promise<Names> {
  const told = ["change.firstName", "change.lastName", "change.email", "fact.name"];
  const rows = await tx
    .select({ values: eventValues.values })
    .from(eventValues)
    .where(and(heldBy(eq(events.personId, person.id)), sql`${eventValues.values} ?| ${sql.param(told)}::text[]`));
  const words = (path: string) =>
    rows.flatMap(({ values }) => [values[path]?.value].flat()).filter((word) => typeof word === "string");
  const firsts = new Set([person.firstName, ...words("change.firstName")]);
  const lasts = new Set([person.lastName, ...words("change.lastName")]);
  const full = [...firsts].flatMap((firstName) => [...lasts].map((lastName) => fullName({ firstName, lastName })));
  return {
    full: [...new Set([...full, ...words("fact.name")])].filter(Boolean),
    emails: [...new Set([person.email, ...words("change.email")])].filter(Boolean),
  };
}

/** A name of one word may be an ordinary word: it counts only where a sentence of ours begins with it as a name. */
function sentencePatterns({ full, emails }: Names): string[] {
  const whole = (words: string) => `(?<![[:alnum:]])${words}(?![[:alnum:]])`;
  return [
    ...full.map((name) => (name.includes(" ") ? whole(literal(name)) : `^${literal(name)} (is|saved) `)),
    ...emails.map((email) => `(?i)${whole(literal(email))}`),
  ];
}

const literal = (words: string) => words.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
