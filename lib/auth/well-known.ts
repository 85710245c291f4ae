import { foldPassword, isWellKnown } from "@/lib/auth/blocklist";
import { commonPasswords } from "@/lib/auth/common-passwords";
import { bareOf } from "@/lib/auth/password-rules";
import { invalidField } from "@/lib/errors";

const sentence =
  "This is on the list of well-known passwords, which are tried first. Use words that only you put together.";

/** Why the list refuses a password as a whole, in whatever letters, or null (S2). Only for the server: the list is long. */
export function wellKnownProblem(password: string): string | null {
  const bare = bareOf(password.normalize("NFC"));
  return commonPasswords.has(bare) || isWellKnown(foldPassword(password)) || isWellKnown(bare) ? sentence : null;
}

/** Wanted before a password that somebody chose is hashed. Throws `invalid` at the field. */
export function refuseWellKnown(field: string, password: string): void {
  const problem = wellKnownProblem(password);
  if (problem) throw invalidField(field, problem);
}
