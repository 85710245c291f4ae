"use client";
import { createContext, type ReactNode, useContext } from "react";
import type { DateForm } from "@/lib/account/date-forms";

/** How this reader wants moments written. The server says it once, so that both sides of hydration agree. */
export type Reading = { zone: string; form: DateForm | null };

const ReadingContext = createContext<Reading>({ zone: "UTC", form: null });

export function ReadingProvider({ zone, form, children }: Reading & { children: ReactNode }) {
  return <ReadingContext value={{ zone, form }}>{children}</ReadingContext>;
}

export const useReading = () => useContext(ReadingContext);
