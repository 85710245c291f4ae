import { publicUrl } from "@/lib/env";

type Headers = { get(name: string): string | null };

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
