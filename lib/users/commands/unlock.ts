import { statusAt } from "@/lib/authz/account-status";
import { command } from "@/lib/kernel/command";
import { userPages } from "@/lib/people/pages";
import { forgetFailures } from "@/lib/people/sign-in-state";
import { stateAllows } from "@/lib/people/subject";
import { userTarget } from "@/lib/people/target";
import { userOperations } from "@/lib/users/operations";
import { userIdSchema } from "@/lib/users/schema";

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
