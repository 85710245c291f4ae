import type { DateForm } from "@/lib/account/date-forms";
import { zoneOffset } from "@/lib/time/zone-offset";

export type TimeForm = "relative" | "date" | "exact" | "clock";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

interface TimeInput {
  at: Date;
  zone: string;
  now: Date;
  form?: TimeForm;
  /** How dates and times are written; null: "26 Nov 2026, 09:24". */
  written?: DateForm | null;
}

/**
 * An instant in words. `relative`: "now", "18 s ago", "4 min ago", "in 2 h" within a day, then "yesterday" or
 * "tomorrow", then a date. `date`: "12 Oct", with the year when it is another. `exact`: "Thu 26 Nov 2026, 09:24".
 * `clock`: "09:24".
 */
export function formatTime({ at, zone, now, form = "relative", written = null }: TimeInput): string {
  if (form === "exact") return exactTime(at, zone, written);
  if (form === "clock") return timeOf(clock(at, zone), written);
  if (form === "date") return shortDate(at, zone, now, written);
  const ahead = at.getTime() - now.getTime();
  const distance = Math.abs(ahead);
  if (distance < 5_000) return "now";
  if (distance < DAY) return ahead < 0 ? `${span(distance)} ago` : `in ${span(distance)}`;
  const days = calendarDay(at, zone) - calendarDay(now, zone);
  if (days === -1) return "yesterday";
  if (days === 1) return "tomorrow";
  return shortDate(at, zone, now, written);
}

/** "Thu 26 Nov 2026, 09:24" on the clock of the zone. */
export const exactTime = (at: Date, zone: string, written: DateForm | null = null): string =>
  withTime(clock(at, zone), written);

/** The zone itself when this runtime knows it, else "UTC": what a browser sends is not to be trusted. */
export function knownZone(zone: string | undefined): string {
  if (!zone) return "UTC";
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}

type Parts = ReturnType<typeof clock>;

const two = (number: number) => String(number).padStart(2, "0");

/** Written out here, not by the runtime's own lists, since a server and a browser may have different ones. */
const dates: Record<DateForm, (parts: Parts) => string> = {
  "en-GB": ({ day, month, year }) => `${two(day)}/${two(month)}/${year}`,
  "en-US": ({ day, month, year }) => `${month}/${day}/${year}`,
  "de-DE": ({ day, month, year }) => `${two(day)}.${two(month)}.${year}`,
  "fr-FR": ({ day, month, year }) => `${two(day)}/${two(month)}/${year}`,
  iso: ({ day, month, year }) => `${year}-${two(month)}-${two(day)}`,
};

function withTime(parts: Parts, written: DateForm | null): string {
  const time = timeOf(parts, written);
  if (written === null) return `${parts.weekday} ${parts.day} ${MONTHS[parts.month - 1]} ${parts.year}, ${time}`;
  return `${dates[written](parts)}${written === "iso" || written === "fr-FR" ? " " : ", "}${time}`;
}

function timeOf({ hour, minute }: Parts, written: DateForm | null): string {
  if (written !== "en-US") return `${two(hour)}:${two(minute)}`;
  return `${hour % 12 || 12}:${two(minute)} ${hour < 12 ? "AM" : "PM"}`;
}

function shortDate(at: Date, zone: string, now: Date, written: DateForm | null): string {
  const parts = clock(at, zone);
  if (written !== null) return dates[written](parts);
  const date = `${parts.day} ${MONTHS[parts.month - 1]}`;
  return parts.year === clock(now, zone).year ? date : `${date} ${parts.year}`;
}

function span(milliseconds: number): string {
  if (milliseconds < MINUTE) return `${Math.floor(milliseconds / 1000)} s`;
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)} min`;
  return `${Math.floor(milliseconds / HOUR)} h`;
}

function calendarDay(at: Date, zone: string): number {
  const { year, month, day } = clock(at, zone);
  return Date.UTC(year, month - 1, day) / DAY;
}

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

function clock(at: Date, zone: string) {
  const there = new Date(at.getTime() + zoneOffset(at, zone));
  return {
    weekday: WEEKDAYS[there.getUTCDay()],
    day: there.getUTCDate(),
    month: there.getUTCMonth() + 1,
    year: there.getUTCFullYear(),
    hour: there.getUTCHours(),
    minute: there.getUTCMinutes(),
  };
}
