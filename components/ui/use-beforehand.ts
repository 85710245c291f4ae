"use client";
import { useEffect } from "react";

/** For what shows a secret once: it is fetched after the page, and not when the secret is there already and could be lost. */
export function useBeforehand(load: () => Promise<unknown>): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for a page
  useEffect(() => void load().catch(() => {}), []);
}
