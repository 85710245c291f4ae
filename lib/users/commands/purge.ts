import { eq } from "drizzle-orm";
import { users } from "@/db/schema";
import { eraseFromEvents } from "@/lib/audit/erase";
import { invalidField } from "@/lib/errors";
import { forgetTestOf } from "@/lib/identity-providers/store";
import { command } from "@/lib/kernel/command";
import { eraseFromMails } from "@/lib/mail/erase";
import { foldName } from "@/lib/normalization/fold";
import { fullName } from "@/lib/normalization/names";
import { userList } from "@/lib/people/pages";
import { lockPerson } from "@/lib/people/scoped";
import { stateAllows } from "@/lib/people/subject";
import { userOperations } from "@/lib/users/operations";
import { purgeUserSchema } from "@/lib/users/schema";

/**
 * Erases an archived user permanently: the row with all that hangs on it, and the values of their events. The events stay,
 * readable as "purged user"; the names are free again (U14, L4).
 */
export const purgeUser = command(userOperations["user.purge"], {
  input: purgeUserSchema,
  route: "POST /users/{id}/purge",
  target: async ({ ctx, tx }, { id }) => {
    const person = await lockPerson(ctx, tx, "user.read", id);
    return { id: person.id, person: { id: person.id, name: fullName(person) }, record: person, trace: null };
  },
  locks: ["organisation"],
  allowed: stateAllows("user.purge"),
  change: async ({ tx }, before, { username }) => {
    if (foldName(username) !== foldName(before.username))
      throw invalidField("username", `Type ${before.username} to confirm.`);
    await eraseFromEvents(tx, before);
    await eraseFromMails(tx, before.id);
    await forgetTestOf(tx, before.id);
    await tx.delete(users).where(eq(users.id, before.id));
    return { value: { id: before.id }, after: null };
  },
  refresh: () => [userList],
});
