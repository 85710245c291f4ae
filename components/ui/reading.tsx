"use client";
import { createContext, type ReactNode, useContext } from "react";
import type { DateForm } from "@/lib/account/date-forms";
import { type Clock, learnClock } from "@/lib/time/zone-offset";

/** How this reader's moments are formatted. The server says it once, so that both sides of hydration agree. */
export type Reading = { zone: string; form: DateForm | null };

const ReadingContext = createContext<Reading>({ zone: "UTC", form: null });

type ReadingProviderProps = { clock: Clock; form: Reading["form"]; children: ReactNode };

export function ReadingProvider({ clock, form, children }: ReadingProviderProps) {
  // Before a child writes a moment.
  learnClock(clock);
  return <ReadingContext value={{ zone: clock.zone, form }}>{children}</ReadingContext>;
}

export const useReading = () => useContext(ReadingContext);
