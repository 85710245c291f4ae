"use client";
import { useEffect } from "react";
import type { ShownView } from "@/lib/shell/shell-data";

/** Windows notify each other here as whom they show the console. */
const channel = "gatehouse-view";

/**
 * Loads the page again once it shows what is over: where another window of this browser has begun a view or stopped it, when a view's
 * time is up, and where the browser brings back a page that it has kept.
 */
export function ViewWatch({ view }: { view: Pick<ShownView, "key" | "left"> | null }) {
  const key = view?.key ?? "own";
  const left = view?.left;

  useEffect(() => {
    const windows = new BroadcastChannel(channel);
    windows.postMessage(key);
    windows.onmessage = ({ data }) => {
      if (data !== key) location.reload();
    };
    const onShow = ({ persisted }: PageTransitionEvent) => {
      if (persisted) location.reload();
    };
    window.addEventListener("pageshow", onShow);
    return () => {
      windows.close();
      window.removeEventListener("pageshow", onShow);
    };
  }, [key]);

  useEffect(() => {
    if (left === undefined) return;
    const timer = setTimeout(() => location.reload(), left + 1_000);
    return () => clearTimeout(timer);
  }, [left]);

  return null;
}
