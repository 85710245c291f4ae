import { AppError } from "@/lib/errors";
import { onePerProcess } from "@/lib/platform/one-per-process";

type Bounds = {
  /** How many one person may have at once. */
  each: number;
  /** How many there may be of everybody; without it there is no such bound. */
  inAll?: number;
  /** What is said to the person who has theirs. */
  busy: string;
};

/** Gives a place back. Calling it again does nothing. */
export type Release = () => void;

/** Seconds after which a refused request may be tried again. */
const retryAfter = 5;

const full = "The server is busy. Try again in a few seconds.";

/**
 * How much heavy work one person may have in flight. Who asks for more is refused with `rate_limited`. It protects the
 * process from one person, so it counts per process on purpose: a second process does its own share.
 */
export function createShare(name: string, { each, inAll = Number.POSITIVE_INFINITY, busy }: Bounds) {
  const held = onePerProcess(`share: ${name}`, () => new Map<string, number>());

  /** Takes a place, to be released when the work has ended, in whichever way. Throws `rate_limited`. */
  function take(personId: string): Release {
    const own = held.get(personId) ?? 0;
    const all = [...held.values()].reduce((sum, count) => sum + count, 0);
    if (own >= each) throw new AppError("rate_limited", busy, { retryAfter });
    if (all >= inAll) throw new AppError("rate_limited", full, { retryAfter });
    held.set(personId, own + 1);
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const left = (held.get(personId) ?? 1) - 1;
      if (left > 0) held.set(personId, left);
      else held.delete(personId);
    };
  }

  /** Runs the work in a place of its own. Throws `rate_limited` before anything is done. */
  async function within<T>(personId: string, run: () => Promise<T>): Promise<T> {
    const release = take(personId);
    try {
      return await run();
    } finally {
      release();
    }
  }

  return { take, within };
}
