"use client";
import { useEffect, useState } from "react";
import type { Place } from "@/lib/shell/places";
import type { FoundKind } from "@/lib/shell/search";
import type { NavGroup } from "./navigation";

/** What the server finds. Throws when it refuses, also because the session has ended. */
export const askSearch = (q: string, signal: AbortSignal) =>
  ask<FoundKind[]>(`/account/search?q=${encodeURIComponent(q)}`, signal);

async function ask<T>(address: string, signal: AbortSignal): Promise<T> {
  const response = await fetch(address, { cache: "no-store", redirect: "manual", signal });
  if (!response.ok) throw new Error("The server did not answer");
  return response.json();
}

/** Every place that one may open, asked each time the palette opens; until that is answered, the screens of the navigation. */
export function usePlaces(open: boolean, groups: NavGroup[]): Place[] {
  const [places, setPlaces] = useState<Place[] | null>(null);
  useEffect(() => {
    if (!open) return;
    const stop = new AbortController();
    ask<Place[]>("/account/places", stop.signal).then(setPlaces, () => {});
    return () => stop.abort();
  }, [open]);
  const screens = groups.flatMap(({ items }) => items);
  return places ?? screens.map(({ label, href }) => ({ kind: "screen", label, href }));
}
