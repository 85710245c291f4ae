"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

const YEAR = 31_536_000;

type TimeZoneProps = {
  known: string | undefined;
  /** Whether the page shows times, so that it is read again. */
  shows: boolean;
};

/** Tells the server the browser's time zone, in the cookie `tz`, when it is not the one that it used. */
export function TimeZone({ known, shows }: TimeZoneProps) {
  const router = useRouter();
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone || zone === known || document.cookie.includes(`tz=${encodeURIComponent(zone)}`)) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
    document.cookie = `tz=${encodeURIComponent(zone)}; path=/; max-age=${YEAR}; samesite=lax`;
    if (shows) router.refresh();
  }, [known, shows, router]);
  return null;
}
