/** Calendar days on the clock of a zone: what a filter by date, a day's heading and a chart of days agree on. */

/** `YYYY-MM-DD` */
export type Day = string;

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
    clocks.set(zone, clock);
  }
  return clock;
}

function read(at: Date, zone: string) {
  const parts = Object.fromEntries(
    clockOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return { day: `${parts.year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}:${parts.second}` };
}

/** The day on which an instant falls. */
export const dayOf = (at: Date, zone: string): Day => read(at, zone).day;

/** "09:24" */
export const timeOfDay = (at: Date, zone: string): string => read(at, zone).time.slice(0, 5);

/** The first instant of a day. Where midnight is skipped by the clock, the first that there is. */
export function startOfDay(day: Day, zone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const guess = midnight - offset(new Date(midnight), zone);
  const start = midnight - offset(new Date(guess), zone);
  return new Date(dayOf(new Date(start), zone) < day ? guess : start);
}

/** Milliseconds by which the zone's clock is ahead of UTC. */
function offset(at: Date, zone: string): number {
  const { day, time } = read(at, zone);
  return Date.parse(`${day}T${time}Z`) - Math.floor(at.getTime() / 1000) * 1000;
}

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The last `count` days up to the one of `now`, oldest first. */
export function lastDays(now: Date, zone: string, count: number): Day[] {
  const today = dayOf(now, zone);
  return Array.from({ length: count }, (_, index) => addDays(today, index + 1 - count));
}

export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;

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
