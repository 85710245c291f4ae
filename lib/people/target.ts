import type { Tx } from "@/db/client";
import type { Ctx } from "@/lib/context";
import type { Target, Work } from "@/lib/kernel/steps";
import { fullName } from "@/lib/normalization/names";
import { lockPerson, type UserRow } from "@/lib/people/scoped";
import { traceOf } from "@/lib/people/store";

/** A user as the target of a change: locked, visible to the actor, with the fields that the event compares. */
export async function lockUser(ctx: Ctx, tx: Tx, id: string): Promise<Target<UserRow>> {
  const person = await lockPerson(ctx, tx, "user.read", id);
  return {
    id: person.id,
    person: { id: person.id, name: fullName(person) },
    record: person,
    trace: await traceOf(tx, person),
  };
}

/** The same as a command's `target`. */
export const userTarget = ({ ctx, tx }: Work, { id }: { id: string }) => lockUser(ctx, tx, id);
