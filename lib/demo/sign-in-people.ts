import { cast, demoPassword } from "@/db/seed/cast";
import { isDemonstration } from "@/lib/platform/env";

/** Whom one can sign in as in the demonstration, whose passwords are public; nobody anywhere else. */
export const demoPeople = () =>
  isDemonstration()
    ? cast.map(({ username, firstName, lastName, is }) => ({ username, name: `${firstName} ${lastName}`, is }))
    : [];

/** The values of the demonstration's sign-in form for one of them. */
export function demoSignIn(username: unknown): { name: string; password: string } | null {
  const chosen = demoPeople().find((person) => person.username === username);
  return chosen ? { name: chosen.username, password: demoPassword } : null;
}
