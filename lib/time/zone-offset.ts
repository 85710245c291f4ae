const DAY = 86_400_000;

/** By zone and day; null where the clock is put forward or back on that day. A list asks for the same days again and again. */
const offsets = new Map<string, number | null>();

/**
 * Milliseconds by which the clock of a zone is ahead of UTC at an instant. The runtime's own answer costs a hundred times
 * as much, so a day on which the clock does not change is measured once.
 */
export function zoneOffset(at: Date, zone: string): number {
  const time = at.getTime();
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
