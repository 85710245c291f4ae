/**
 * The user name that a form proposes for an address: the part before the "@", in lower case and of allowed characters alone, or the
 * whole address where that is too short. `usernameSchema` still applies to it.
 */
export function usernameFrom(email: string): string {
  const local = allowed(email).split("@")[0]?.split("+")[0] ?? "";
  return [...local].length >= 3 ? local.slice(0, 64) : addressAsUsername(email);
}

/** The user name that is proposed where the short one belongs to somebody else. */
export const addressAsUsername = (email: string): string => allowed(email).slice(0, 64);

const allowed = (text: string) =>
  text
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}._@+-]/gu, "");
