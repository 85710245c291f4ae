import { eq } from "drizzle-orm";
import { users } from "@/db/schema";
import { eraseFromEvents } from "@/lib/audit/erase";
import type { Ctx } from "@/lib/context";
import { invalidField } from "@/lib/errors";
import { eraseFromMails } from "@/lib/mail/erase";
import { mutate } from "@/lib/mutate";
import { foldName } from "@/lib/normalization/fold";
import { fullName } from "@/lib/users/names";
import type { PurgeUser } from "@/lib/users/schema";
import { lockPerson } from "@/lib/users/scoped";
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
      if (foldName(input.username) !== foldName(before.username))
        throw invalidField("username", `Type ${before.username} to confirm.`);
      await eraseFromEvents(tx, before);
      await eraseFromMails(tx, before.id);
      await tx.delete(users).where(eq(users.id, before.id));
      return { value: { id: before.id }, after: null };
    },
  });
}
