import { AppError } from "@/lib/errors";
import { onePerProcess } from "@/lib/platform/one-per-process";

type Bounds = {
  atOnce: number;
  mostWaiting: number;
  /** What is said to one more, and after how many seconds to try again. */
  full: string;
  retryAfter: number;
};

export type QueueState = { running: number; waiting: (() => void)[] };

/**
 * A bounded queue for work that occupies the processor or memory: some run, some wait, one more is refused with
 * `rate_limited`. It protects the process, so it counts per process on purpose; what a person may do is counted elsewhere.
 */
export function createQueue(name: string, { atOnce, mostWaiting, full, retryAfter }: Bounds) {
  const queue = onePerProcess<QueueState>(`queue: ${name}`, () => ({ running: 0, waiting: [] }));
  const isFull = () => queue.waiting.length >= mostWaiting;

  /** Runs the work when its turn comes. Throws `rate_limited` when the queue is full. */
  async function inTurn<T>(run: () => Promise<T>): Promise<T> {
    if (isFull()) throw new AppError("rate_limited", full, { retryAfter });
    if (queue.running < atOnce) queue.running += 1;
    else await new Promise<void>((takeOver) => queue.waiting.push(takeOver));
    try {
      return await run();
    } finally {
      const next = queue.waiting.shift();
      if (next) next();
      else queue.running -= 1;
    }
  }

  return { isFull, inTurn };
}
