/** Where to go after signing in: a path of ours, else "/". Never another site, whatever way it is disguised. */
export function ownPath(wished: unknown): string {
  if (typeof wished !== "string" || wished.length > 2_000) return "/";
  return /^\/(?![/\\])[^\p{Cc}\p{Cs}\\]*$/u.test(wished) ? wished : "/";
}

/** An address with the way on, which is left out when it is only "/". */
export const withNext = (path: string, next: string) =>
  next === "/" ? path : `${path}?next=${encodeURIComponent(next)}`;
