import { publicUrl } from "@/lib/env";
import { AppError } from "@/lib/errors";

type Headers = { get(name: string): string | null };

/** Throws `forbidden` unless the request came from one of our own pages. */
export function requireOwnOrigin(headers: Headers): void {
  if (!isSameOrigin(headers)) throw new AppError("forbidden", "This request came from another site.");
}

/** The address in the browser's bar, as far as a request tells; a proxy, or Next when it follows its own redirect, tells it apart. */
export const openedHost = (headers: Headers): string | null => headers.get("x-forwarded-host") ?? headers.get("host");

/**
 * Whether a state change that a cookie authenticates came from one of our own pages: a matching Origin, or, where the
 * browser sends none, Sec-Fetch-Site. A missing one is a refusal.
 */
export function isSameOrigin(headers: Headers): boolean {
  const origin = headers.get("origin");
  if (!origin) return headers.get("sec-fetch-site") === "same-origin";
  try {
    const { host } = new URL(origin);
    return host === headers.get("host") || host === publicUrl().host;
  } catch {
    return false;
  }
}
