import type { Source } from "@/lib/context";
import { plainAddress } from "@/lib/platform/client-address";
import { env } from "@/lib/platform/env";
import { inRanges } from "@/lib/platform/ranges";

type Headers = { get(name: string): string | null };

/** Where a request came from. The first of the two addresses is the socket's (lib/connections/install.ts). */
export function sourceOf(headers: Headers): Source {
  return {
    address: clientAddress(
      headers.get("x-gatehouse-peer"),
      headers.get("x-forwarded-for"),
      env().GATEHOUSE_TRUSTED_PROXIES,
    ),
    agent: headers.get("user-agent"),
    requestId: headers.get("x-request-id"),
  };
}

/** A forwarded address counts only where the socket's is that of a trusted proxy, and is read from the right. */
export function clientAddress(socket: string | null, forwarded: string | null, trusted: string[]): string | null {
  if (!socket) return null;
  const own = plainAddress(socket);
  const isTrusted = inRanges(trusted);
  if (!isTrusted(own)) return own;
  const hops = forwarded?.split(",").map((hop) => plainAddress(hop.trim())) ?? [];
  return hops.filter(Boolean).findLast((hop) => !isTrusted(hop)) ?? own;
}
