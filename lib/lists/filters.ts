import { z } from "zod";
import { lastYear } from "@/db/enums";
import { repeated } from "@/lib/lists/read-search-params";
import { uuid } from "@/lib/platform/uuid";
import { isDay } from "@/lib/time/calendar";

/** A value of a filter, as people read it. */
export type Choice = { id: string; label: string; hint?: string | undefined; picture?: string | undefined };

/** Choices by part of their label, at most 20; or, for the labels of what is chosen already, those with these ids. */
export type Wanted = string | { ids: string[] };

/**
 * One filter of a list: its form in the address, what it is called, and how it is chosen. `choices`: from a few, all
 * known here. `search`: from many, found on the server. `link`: by a link alone, and taken away again. `day`: on a calendar.
 * `switch`: one of a few or none, for which the page has links of its own.
 */
export type Filter = { label: string; field: z.ZodType } & (
  | { kind: "choices"; choices: readonly Choice[]; nameOf: (id: string) => string }
  | { kind: "link"; nameOf: (id: string) => string }
  | { kind: "search"; people?: true }
  | { kind: "day" }
  | { kind: "switch"; choices: readonly Choice[] }
);

/** Several of a few, for "or". `nameOf`: the label of a value that is not one of the choices. */
export const choiceFilter = <V extends z.ZodType>(
  label: string,
  value: V,
  choices: readonly Choice[],
  nameOf: (id: string) => string = (id) => id,
) => ({ kind: "choices" as const, label, field: repeated(value), choices, nameOf });

/** One of a few, or none. */
export const switchFilter = <const K extends readonly [string, ...string[]]>(
  label: string,
  keys: K,
  labels: Record<K[number], string>,
) => ({
  kind: "switch" as const,
  label,
  field: z.enum(keys).optional(),
  choices: keys.map((id: K[number]) => ({ id, label: labels[id] })),
});

/** Several of many, for "or". Whatever serves the list finds and names them. */
export const searchFilter = <V extends z.ZodType>(label: string, value: V) => ({
  kind: "search" as const,
  label,
  field: repeated(value),
});

/** The same of people. */
export const personFilter = (label: string) => ({ ...searchFilter(label, uuid()), people: true as const });

/** One value, which nobody can choose but by following a link. */
export const linkFilter = <V extends z.ZodType>(label: string, value: V, nameOf: (id: string) => string) => ({
  kind: "link" as const,
  label,
  field: value.optional(),
  nameOf,
});

/** A day on the clock of the reader. */
export const dayFilter = (label: string) => ({
  kind: "day" as const,
  label,
  field: z.string().refine(isDay).optional(),
});

/** A moment as programs write it (RFC 3339), from 1970 on: before that nothing has happened here. */
export const momentValue = z.iso
  .datetime({ offset: true, error: "Must be a date and time with an offset." })
  .refine((text) => {
    const year = new Date(text).getUTCFullYear();
    return year >= 1970 && year <= lastYear;
  }, `Must be between 1970 and ${lastYear}.`);
