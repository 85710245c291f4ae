import type { Reading } from "@/components/ui/reading";
import { exactTime } from "@/components/ui/time";
import { instantOf, wallTime } from "@/lib/time/calendar";
import { endProblem } from "@/lib/time/ends";

/** The value of a `datetime-local` field for an instant (ISO 8601), on the clock of the zone that the reader has chosen. */
export const toLocal = (instant: string | null, zone: string): string =>
  instant ? wallTime(new Date(instant), zone) : "";

/**
 * The way back. Blank stays blank; what is no time is left as it is, for the schema to refuse. Where the field still says
 * when `stored` is, that goes back: the field has no seconds, and cannot say which of two equal hours of a night was meant.
 */
export function fromLocal(local: string, zone: string, stored: string | null = null): string {
  if (stored && toLocal(stored, zone) === local) return stored;
  return instantOf(local, zone)?.toISOString() ?? local;
}

/** When a field's value is to come, in words; null for what the server would refuse as an end. */
export function comingWords(local: string, { zone, form }: Reading, now: Date): string | null {
  const at = instantOf(local, zone);
  return at && endProblem(at, undefined, now) === null ? exactTime(at, zone, form) : null;
}

/** The value of a field, formatted as every other time. */
export function localWords(local: string, { zone, form }: Reading): string {
  const at = instantOf(local, zone);
  return at ? exactTime(at, zone, form) : local;
}
