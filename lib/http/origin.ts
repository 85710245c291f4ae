import { AppError } from "@/lib/errors";
import { markBegun } from "@/lib/http/action-progress";
import { publicUrl } from "@/lib/platform/env";

type Headers = { get(name: string): string | null };

/** Throws `forbidden` unless the request came from one of our own pages. The first step of every action. */
export function requireOwnOrigin(headers: Headers): void {
  markBegun();
  if (!isSameOrigin(headers)) throw new AppError("forbidden", "This request came from another site.");
}

/** The address in the browser's bar, as far as a request says; a proxy, or Next when it follows its own redirect, passes it separately. */
export const openedHost = (headers: Headers): string | null => headers.get("x-forwarded-host") ?? headers.get("host");

/**
 * Whether a state change that a cookie authenticates came from one of our own pages: a matching Origin, or, where the
 * browser sends none, Sec-Fetch-Site. A missing one is a refusal. Where the configured address is https, it alone matches:
 * an unencrypted page of the same host may have been written by anybody on the way.
 */
export function isSameOrigin(headers: Headers, site = publicUrl()): boolean {
  const given = headers.get("origin");
  if (!given) return headers.get("sec-fetch-site") === "same-origin";
  if (!URL.canParse(given)) return false;
  const { origin, host, protocol } = new URL(given);
  if (origin === site.origin) return true;
  return site.protocol === "http:" && /^https?:$/.test(protocol) && [headers.get("host"), site.host].includes(host);
}
