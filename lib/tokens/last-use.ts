import { db } from "@/lib/platform/db";
import { faultOf, log } from "@/lib/platform/log";
import { onePerProcess } from "@/lib/platform/one-per-process";
import { type LastUse, saveLastUses } from "@/lib/tokens/store";

/** Uses are kept in memory and stored together, so that a request by a token writes no row of its own. Milliseconds. */
const interval = 10_000;

const kept = onePerProcess("last uses", () => ({
  uses: new Map<string, LastUse>(),
  timer: null as NodeJS.Timeout | null,
}));

/** Notes the use of a token; at most `interval` later it is stored. */
export function noteUse(use: LastUse): void {
  kept.uses.set(use.id, { ...use, agent: use.agent?.slice(0, 300) ?? null });
  kept.timer ??= setTimeout(flushUses, interval);
  kept.timer.unref();
}

/** Stores what was noted. What cannot be stored at the moment is tried again with the next. */
export async function flushUses(): Promise<void> {
  if (kept.timer) clearTimeout(kept.timer);
  kept.timer = null;
  if (kept.uses.size === 0) return;
  const noted = [...kept.uses.values()];
  kept.uses.clear();
  try {
    await saveLastUses(db() as unknown as Parameters<typeof saveLastUses>[0], noted);
  } catch (error) {
    for (const use of noted) if (!kept.uses.has(use.id)) kept.uses.set(use.id, use);
    log.warn({ fault: faultOf(error) }, "last uses of tokens could not be stored");
  }
}
