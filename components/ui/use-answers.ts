"use client";
import { useEffect, useRef, useState } from "react";

/** Milliseconds without a key until the server is asked. */
const pause = 150;

interface Answers<T> {
  found: T[];
  failed: boolean;
  /** Whether this answers the current text of the field. Until it does, nothing of it may be chosen. */
  current: boolean;
  /** What was asked: part of the key of each line, since cmdk marks the first line of a list that is new. */
  asked: string;
}

/** What the server finds for what is being typed. Only the newest answer counts, and an older question is aborted; without `search` nothing is asked. */
export function useAnswers<T>(
  search: ((query: string, signal: AbortSignal) => Promise<T[]>) | undefined,
  query: string,
): Answers<T> {
  const [last, setLast] = useState<{ query: string; found: T[]; failed: boolean } | null>(null);
  const ask = useRef(search);
  ask.current = search;
  const active = search !== undefined;

  useEffect(() => {
    if (!active) return;
    let newest = true;
    const stop = new AbortController();
    const timer = setTimeout(
      () => {
        ask.current?.(query, stop.signal).then(
          (found) => newest && setLast({ query, found, failed: false }),
          () => newest && setLast({ query, found: [], failed: true }),
        );
      },
      query ? pause : 0,
    );
    return () => {
      newest = false;
      stop.abort();
      clearTimeout(timer);
    };
  }, [query, active]);

  if (!active) return { found: [], failed: false, current: true, asked: query };
  const { found = [], failed = false, query: asked = "" } = last ?? {};
  return { found, failed, current: last?.query === query, asked };
}
