import { forgetFailures } from "@/lib/auth/devices";
import { command } from "@/lib/kernel/command";
import { userOperations } from "@/lib/users/operations";
import { userPages } from "@/lib/users/pages";
import { userIdSchema } from "@/lib/users/schema";
import { statusAt } from "@/lib/users/status";
import { stateAllows } from "@/lib/users/subject";
import { userTarget } from "@/lib/users/target";

/** Lets a locked person sign in again and forgets the failures that locked them (S4). */
export const unlockUser = command(userOperations["user.unlock"], {
  input: userIdSchema,
  route: "POST /users/{id}/unlock",
  target: userTarget,
  already: (person, _, { ctx }) => (statusAt(person, ctx.now()) === "active" ? { value: { id: person.id } } : null),
  allowed: stateAllows("user.unlock"),
  change: async ({ tx }, before) => {
    await forgetFailures(tx, before.id);
    return {
      value: { id: before.id },
      after: null,
      facts: { lockedSince: before.lockedAt?.toISOString(), lockedUntil: before.lockedUntil?.toISOString() },
    };
  },
  refresh: (user) => [...userPages(user), "/admin/sessions/locked", "/admin"],
});
