import { publicUrl } from "@/lib/platform/env";

const longest = 2_000;

/**
 * A path of ours, with query and fragment, in the one form in which a browser would resolve it; null for anything else.
 * The one check of every address that comes from outside and that a browser is sent to. Takes paths and whole addresses of our origin.
 */
export function ownAddress(wished: unknown): string | null {
  if (typeof wished !== "string" || wished.length > longest) return null;
  if (!/^(\/|https?:\/\/)[^\p{Cc}\p{Cs}\\]*$/iu.test(wished)) return null;
  const { origin } = publicUrl();
  if (!URL.canParse(wished, origin)) return null;
  const found = new URL(wished, origin);
  // Software that resolves, decodes or tidies these again could take what follows for another host.
  if (found.origin !== origin || /\/\/|%2f|%5c|%[01][0-9a-f]/i.test(found.pathname)) return null;
  const path = found.pathname + found.search + found.hash;
  return path.length > longest ? null : path;
}

/** Where to go after signing in: a path of ours, else "/". */
export const ownPath = (wished: unknown): string => ownAddress(wished) ?? "/";

/** An address with the next path, which is left out when it is only "/". */
export const withNext = (path: string, next: string) =>
  next === "/" ? path : `${path}${path.includes("?") ? "&" : "?"}next=${encodeURIComponent(next)}`;
