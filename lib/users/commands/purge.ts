import { and, eq, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { events, eventValues, users } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { invalidField } from "@/lib/errors";
import { mutate } from "@/lib/mutate";
import { foldName, fullName } from "@/lib/users/names";
import type { PurgeUser } from "@/lib/users/schema";
import { lockPerson, type UserRow } from "@/lib/users/scoped";
import { ruleOn } from "@/lib/users/subject";

/**
 * Erases an archived user for good: the row with all that hangs on it, and the values of their events. The events stay,
 * readable as "purged user"; the names are free again (U14, L4).
 */
export function purgeUser(ctx: Ctx, input: PurgeUser): Promise<{ id: string }> {
  return mutate(ctx, "user.purge", {
    id: input.id,
    target: async (tx) => {
      const person = await lockPerson(ctx, tx, "user.read", input.id);
      return { id: person.id, person: { id: person.id, name: fullName(person) }, record: person, trace: null };
    },
    rule: ruleOn(ctx, "user.purge"),
    change: async (tx, before) => {
      if (foldName(input.username) !== before.usernameKey)
        throw invalidField("username", `Type ${before.username} to confirm.`);
      await eraseEventValues(tx, before.id);
      await eraseFromReasons(tx, before);
      await tx.delete(users).where(eq(users.id, before.id));
      return { value: { id: before.id }, after: null };
    },
  });
}

/** Sentences of refusals in other people's events go where they name the person. */
async function eraseFromReasons(tx: Tx, person: UserRow) {
  const named = [fullName(person), person.username, person.email].map((name) => `%${name.replace(/[\\%_]/g, "\\$&")}%`);
  const refused = tx
    .select({ one: sql`1` })
    .from(events)
    .where(and(eq(events.id, eventValues.eventId), eq(events.at, eventValues.at), ne(events.outcome, "succeeded")));
  await tx
    .update(eventValues)
    .set({ values: sql`${eventValues.values} - 'fact.reason'` })
    .where(
      and(
        sql`${eventValues.values} #>> '{fact.reason,value}' ilike any(${sql.param(named)}::text[])`,
        sql`exists (${refused})`,
      ),
    );
}

/** Values of events about the person go; of what the person did to others, the address and the device go. */
async function eraseEventValues(tx: Tx, id: string) {
  const about = tx
    .select({ one: sql`1` })
    .from(events)
    .where(and(eq(events.id, eventValues.eventId), eq(events.at, eventValues.at), eq(events.personId, id)));
  await tx.delete(eventValues).where(sql`exists (${about})`);
  const by = tx
    .select({ one: sql`1` })
    .from(events)
    .where(and(eq(events.id, eventValues.eventId), eq(events.at, eventValues.at), eq(events.actorId, id)));
  await tx
    .update(eventValues)
    .set({ values: sql`${eventValues.values} - 'address' - 'agent'` })
    .where(sql`exists (${by})`);
}
