import { cn } from "./class-names";

export type TimeForm = "relative" | "date" | "exact";

interface TimeProps {
  /** An instant; a string is read as ISO 8601. */
  at: Date | string;
  /** IANA name, as "Europe/Berlin". */
  zone: string;
  /** From where "4 min ago" counts; taken once per request, so that a page agrees with itself. */
  now: Date | string;
  form?: TimeForm;
  className?: string;
}

export function Time({ at, zone, now, form = "relative", className }: TimeProps) {
  const instant = new Date(at);
  return (
    <time
      dateTime={instant.toISOString()}
      title={exactTime(instant, zone)}
      className={cn("whitespace-nowrap tabular-nums", className)}
    >
      {formatTime({ at: instant, zone, now: new Date(now), form })}
    </time>
  );
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * An instant in words. `relative`: "now", "18 s ago", "4 min ago", "in 2 h" within a day, then "Yesterday" or
 * "Tomorrow", then a date. `date`: "12 Oct", with the year when it is another. `exact`: "Thu 26 Nov 2026, 09:24".
 */
export function formatTime({
  at,
  zone,
  now,
  form = "relative",
}: {
  at: Date;
  zone: string;
  now: Date;
  form?: TimeForm;
}): string {
  if (form === "exact") return exactTime(at, zone);
  if (form === "date") return shortDate(at, zone, now);
  const ahead = at.getTime() - now.getTime();
  const distance = Math.abs(ahead);
  if (distance < 5_000) return "now";
  if (distance < DAY) return ahead < 0 ? `${span(distance)} ago` : `in ${span(distance)}`;
  const days = calendarDay(at, zone) - calendarDay(now, zone);
  if (days === -1) return "Yesterday";
  if (days === 1) return "Tomorrow";
  return shortDate(at, zone, now);
}

/** "Thu 26 Nov 2026, 09:24" on the clock of the zone. */
export function exactTime(at: Date, zone: string): string {
  const { weekday, day, month, year, hour, minute } = clock(at, zone);
  return `${weekday} ${day} ${MONTHS[month - 1]} ${year}, ${hour}:${minute}`;
}

/** The zone itself when this runtime knows it, else "UTC": what a browser sends is not to be trusted. */
export function knownZone(zone: string | undefined): string {
  if (!zone) return "UTC";
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}

function shortDate(at: Date, zone: string, now: Date): string {
  const { day, month, year } = clock(at, zone);
  const date = `${day} ${MONTHS[month - 1]}`;
  return year === clock(now, zone).year ? date : `${date} ${year}`;
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

const clocks = new Map<string, Intl.DateTimeFormat>();

function clock(at: Date, zone: string) {
  let format = clocks.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      weekday: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    clocks.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    weekday: parts.weekday,
    day: Number(parts.day),
    month: Number(parts.month),
    year: Number(parts.year),
    hour: parts.hour,
    minute: parts.minute,
  };
}
