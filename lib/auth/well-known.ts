import { foldPassword, isWellKnown } from "@/lib/auth/blocklist";
import { commonPasswords } from "@/lib/auth/common-passwords";
import { bareOf } from "@/lib/auth/password-rules";
import { invalidField } from "@/lib/errors";

const sentence = "This is a well-known password, which is easy to guess. Use a combination of words of your own.";

/** Why the list refuses a password as a whole, in whatever letters, or null (S2). Only for the server: the list is long. */
export function wellKnownProblem(password: string): string | null {
  const bare = bareOf(password.normalize("NFC"));
  return commonPasswords.has(bare) || isWellKnown(foldPassword(password)) || isWellKnown(bare) ? sentence : null;
}

/** Required before a password that somebody chose is hashed. Throws `invalid` at the field. */
export function refuseWellKnown(field: string, password: string): void {
  const problem = wellKnownProblem(password);
  if (problem) throw invalidField(field, problem);
}
