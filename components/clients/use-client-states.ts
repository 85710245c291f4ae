"use client";
import { useEffect, useState } from "react";
import type { ClientState } from "@/lib/clients/queries";

/** A registration must show within 2 s of its arrival (C3). */
const interval = 1200;
const none: ClientState[] = [];

/**
 * The states of these clients, asked again and again while the page is in view; empty until the first answer, and again
 * from a new token (its id) on, of which no earlier answer knows. After `until` no token works that could still be used.
 */
export function useClientStates(ids: string[], tokenId: string | undefined, until: number): ClientState[] {
  const [last, setLast] = useState<{ tokenId: string | undefined; states: ClientState[] } | null>(null);
  const query = ids.map((id) => `id=${id}`).join("&");

  useEffect(() => {
    if (!query) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    async function ask() {
      const answer = document.hidden ? "unknown" : await fetchStates(query, stop.signal);
      if (answer === "ended" || stop.signal.aborted) return;
      if (answer !== "unknown") setLast({ tokenId, states: answer });
      if (Date.now() > until) return;
      timer = setTimeout(ask, interval);
    }
    timer = setTimeout(ask, interval);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [query, tokenId, until]);

  return last && last.tokenId === tokenId ? last.states : none;
}

/** `ended`: the session is over, so there is nothing more to ask. `unknown`: no answer this time. */
async function fetchStates(query: string, signal: AbortSignal): Promise<ClientState[] | "ended" | "unknown"> {
  try {
    const response = await fetch(`/account/clients/state?${query}`, {
      headers: { "x-gatehouse-poll": "1" },
      cache: "no-store",
      redirect: "manual",
      signal,
    });
    if (response.type === "opaqueredirect" || response.status === 401) return "ended";
    return response.ok ? ((await response.json()) as { clients: ClientState[] }).clients : "unknown";
  } catch {
    return "unknown";
  }
}
