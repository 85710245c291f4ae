import { onePerProcess } from "@/lib/platform/one-per-process";

const unfinished = onePerProcess("unfinished work", () => new Set<Promise<unknown>>());

/** What was answered before it was stored. A process that stops waits for it (lib/connections/install.ts). It must not fail. */
export function keepUntilDone(work: Promise<unknown>): void {
  unfinished.add(work);
  void work.finally(() => unfinished.delete(work));
}

export const untilAllIsDone = () => Promise.all(unfinished);
