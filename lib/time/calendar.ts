import { firstYear, lastYear } from "@/db/enums";
import { zoneOffset } from "@/lib/time/zone-offset";

/** Days and times on the clock of a zone: what a filter by date, a day's heading, a chart of days and a form agree on. */

/** `YYYY-MM-DD` */
export type Day = string;

const DAY = 86_400_000;

/** The day on which an instant falls. */
export const dayOf = (at: Date, zone: string): Day => shownAt(at, zone).slice(0, 10);

/** "09:24" */
export const timeOfDay = (at: Date, zone: string): string => shownAt(at, zone).slice(11, 16);

/** "2026-11-19T09:24" (RFC 3339 without its zone): what a clock on the wall shows at an instant. */
export const wallTime = (at: Date, zone: string): string => shownAt(at, zone).slice(0, 16);

const shownAt = (at: Date, zone: string) => new Date(at.getTime() + zoneOffset(at, zone)).toISOString();

const isWallTime = (text: string) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/.test(text);

/**
 * The instant at which a clock on the wall shows this; null for what is no time. What it shows twice is meant the first
 * time. What it skips is counted on as if it had not: 02:30 in a night without 02:00 to 03:00 is 03:30.
 */
export function instantOf(shown: string, zone: string): Date | null {
  const utc = isWallTime(shown) ? Date.parse(`${shown}Z`) : Number.NaN;
  if (Number.isNaN(utc)) return null;
  const before = utc - zoneOffset(new Date(utc - DAY), zone);
  const after = utc - zoneOffset(new Date(utc + DAY), zone);
  const shows = (at: number) => at + zoneOffset(new Date(at), zone) === utc;
  return new Date(shows(before) || !shows(after) ? before : after);
}

/** The first instant of a day. Where the clock skips midnight, the first that there is; where it shows it twice, the first. */
export function startOfDay(day: Day, zone: string): Date {
  const start = instantOf(`${day}T00:00`, zone);
  if (!start) throw new RangeError(`"${day}" is no day`);
  return start;
}

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** The last `count` days up to the one of `now`, oldest first. */
export function lastDays(now: Date, zone: string, count: number): Day[] {
  const today = dayOf(now, zone);
  return Array.from({ length: count }, (_, index) => addDays(today, index + 1 - count));
}

/** A day of the years in which dates lie (U1). */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text &&
  text >= `${firstYear}` &&
  text < `${lastYear + 1}`;

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "12 Oct" */
export function shortDay(day: Day): string {
  const date = new Date(`${day}T00:00:00Z`);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}

/** "Thursday 19 Nov 2026" */
export function longDay(day: Day): string {
  const date = new Date(`${day}T00:00:00Z`);
  return `${weekdays[date.getUTCDay()]} ${shortDay(day)} ${date.getUTCFullYear()}`;
}
