const MINUTE = 60_000;
const DAY = 86_400_000;

/** By zone and day; null where the clock is put forward or back on that day. A list asks for the same days again and again. */
const offsets = new Map<string, number | null>();

/**
 * Milliseconds by which the clock of a zone is ahead of UTC at an instant. The runtime's own answer costs a hundred times
 * as much, so a day on which the clock does not change is measured once.
 */
export function zoneOffset(at: Date, zone: string): number {
  const time = at.getTime();
  const known = learned?.zone === zone ? offsetIn(learned, time) : undefined;
  if (known !== undefined) return known;
  const day = Math.floor(time / DAY);
  const key = `${zone} ${day}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    const [first, last] = [measured(day * DAY, zone), measured((day + 1) * DAY - 1000, zone)];
    offset = first === last ? first : null;
    if (offsets.size >= 10_000) offsets.clear();
    offsets.set(key, offset);
  }
  return offset ?? measured(time, zone);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function measured(at: number, zone: string): number {
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
  const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  const { year = "", month, day, hour, minute, second } = parts;
  const shown = `${year.padStart(4, "0")}-${month}-${day}T${hour}:${minute}:${second}Z`;
  return Date.parse(shown) - Math.floor(at / 1000) * 1000;
}

/**
 * The clock of a zone for some years, as a browser receives it: to measure it takes a browser longer than to draw a list.
 * In minutes: from each `at` on, since 1970, it is `ahead` of UTC; what it is from `until` on is not known.
 */
export type Clock = { zone: string; until: number; changes: [at: number, ahead: number][] };

let learned: Clock | null = null;

/** From then on this browser does not measure this clock, but for what lies before and after it. */
export function learnClock(clock: Clock): void {
  if (typeof window !== "undefined") learned = clock;
}

function offsetIn({ changes, until }: Clock, time: number): number | undefined {
  const at = time / MINUTE;
  const ahead = at < until ? changes.findLast(([from]) => from <= at)?.[1] : undefined;
  return ahead === undefined ? undefined : ahead * MINUTE;
}

/** Whether a browser's own clock is this one, which it knows without measuring a zone. */
export const isOwnClock = ({ changes, until }: Clock): boolean =>
  changes.every(([at, ahead], place) =>
    [at, (changes[place + 1]?.[0] ?? until) - 1].every(
      (minute) => new Date(minute * MINUTE).getTimezoneOffset() === -ahead,
    ),
  );

const told = new Map<string, { day: number; clock: Clock }>();
const [back, ahead, step] = [5 * 366, 400, 7];

/** The clock of a zone from five years before a day to a year after it. */
export function clockOf(zone: string, now: Date): Clock {
  const day = Math.floor(now.getTime() / DAY);
  const kept = told.get(zone);
  if (kept?.day === day) return kept.clock;
  const minute = (of: number) => (of * DAY) / MINUTE;
  const aheadAt = (at: number) => measured(at * MINUTE, zone) / MINUTE;
  const [from, until] = [minute(day - back), minute(day + ahead)];
  const changes: Clock["changes"] = [[from, aheadAt(from)]];
  for (let at = from; at < until; at += minute(step)) {
    const before = changes.at(-1)?.[1];
    let [low, high] = [at, Math.min(at + minute(step), until)];
    if (aheadAt(high) === before) continue;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (aheadAt(middle) === before) low = middle;
      else high = middle;
    }
    changes.push([high, aheadAt(high)]);
  }
  const clock = { zone, until, changes };
  told.set(zone, { day, clock });
  return clock;
}
