import { viewLasts } from "@/lib/authz/viewing";
import { noInputSchema } from "@/lib/http/no-input";
import { command } from "@/lib/kernel/command";
import { stateAllows } from "@/lib/people/subject";
import { userTarget } from "@/lib/people/target";
import { beginView, endView, lockViewed } from "@/lib/sessions/viewing";
import { userOperations } from "@/lib/users/operations";
import { userIdSchema } from "@/lib/users/schema";

/**
 * From the next request on, the actor's session shows what this person sees, for reading alone (R16). What ends it before its time is
 * asked at each request: `lib/auth/view.ts`.
 */
export const viewAs = command(userOperations["user.view_as"], {
  for: "person",
  input: userIdSchema,
  target: userTarget,
  allowed: stateAllows("user.view_as"),
  change: async ({ ctx, tx, now }, { id }) => {
    const until = new Date(now.getTime() + viewLasts);
    await beginView(ctx, tx, id, until);
    return { value: { id }, after: null, facts: { until: until.toISOString() } };
  },
});

/** For the session's own person: nobody who is viewing may do anything. */
export const stopViewing = command(userOperations["user.stop_viewing"], {
  for: "person",
  input: noInputSchema,
  target: async ({ ctx, tx }) => {
    const person = await lockViewed(ctx, tx);
    return { id: person?.id ?? null, person, record: person, trace: null };
  },
  already: (person) => (person ? null : { value: { id: null } }),
  change: async ({ ctx, tx }, person) => {
    await endView(ctx, tx);
    return { value: { id: person?.id ?? null }, after: null };
  },
});
