import { plainAddress } from "@/lib/connections/address";
import { inRanges } from "@/lib/connections/ranges";
import type { Source } from "@/lib/context";
import { env } from "@/lib/env";

type Headers = { get(name: string): string | null };

/**
 * Where a request came from. The peer's address is the socket's (lib/connections/install.ts); a forwarded one counts only when the
 * peer is a trusted proxy, and is read from the right.
 */
export function sourceOf(headers: Headers): Source {
  return {
    address: addressOf(
      headers.get("x-gatehouse-peer"),
      headers.get("x-forwarded-for"),
      env().GATEHOUSE_TRUSTED_PROXIES,
    ),
    agent: headers.get("user-agent"),
    requestId: headers.get("x-request-id"),
  };
}

export function addressOf(peer: string | null, forwarded: string | null, trusted: string[]): string | null {
  const hops = [
    ...(forwarded?.split(",").map((hop) => plainAddress(hop.trim())) ?? []),
    peer ? plainAddress(peer) : "",
  ].filter(Boolean);
  const isTrusted = inRanges(trusted);
  if (!peer || !isTrusted(peer)) return peer ? plainAddress(peer) : null;
  return hops.reverse().find((hop) => !isTrusted(hop)) ?? plainAddress(peer);
}
