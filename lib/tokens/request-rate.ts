import { AppError } from "@/lib/errors";
import { onePerProcess } from "@/lib/platform/one-per-process";

type Counted = { minute: number; requests: Map<string, number> };

const counted = onePerProcess("requests of tokens", (): Counted => ({ minute: 0, requests: new Map() }));

/**
 * Counts a request of a token; throws `rate_limited` beyond `most` within a minute. It protects the process from one program, so it
 * counts per process on purpose: no request waits for a count to be stored.
 */
export function countRequest(tokenId: string, most: number, at: Date): void {
  const minute = Math.floor(at.getTime() / 60_000);
  if (counted.minute !== minute) {
    counted.minute = minute;
    counted.requests.clear();
  }
  const requests = (counted.requests.get(tokenId) ?? 0) + 1;
  counted.requests.set(tokenId, requests);
  if (requests > most)
    throw new AppError("rate_limited", `This token was used more than ${most} times within a minute.`, {
      retryAfter: Math.max(1, Math.ceil(((minute + 1) * 60_000 - at.getTime()) / 1000)),
    });
}
