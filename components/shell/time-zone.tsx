"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { type Clock, isOwnClock } from "@/lib/time/zone-offset";

const YEAR = 31_536_000;

/** Sends the server the browser's time zone, in the cookie `tz`, when the page was written for another. */
export function TimeZone({ clock }: { clock: Clock }) {
  const router = useRouter();
  useEffect(() => {
    if (!isOwnClock(clock) && tellZone()) router.refresh();
  }, [clock, router]);
  return null;
}

/** The same on pages that show no times, for those after them: when somebody first does something, since to ask takes long. */
export function LaterTimeZone() {
  useEffect(() => {
    const told = new AbortController();
    const tell = () => {
      told.abort();
      tellZone();
    };
    for (const doing of ["pointerdown", "keydown"]) window.addEventListener(doing, tell, { signal: told.signal });
    return () => told.abort();
  }, []);
  return null;
}

/** False where the server has it already. */
function tellZone(): boolean {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone || document.cookie.includes(`tz=${encodeURIComponent(zone)}`)) return false;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  document.cookie = `tz=${encodeURIComponent(zone)}; path=/; max-age=${YEAR}; samesite=lax`;
  return true;
}
