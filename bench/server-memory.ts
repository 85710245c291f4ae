import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** How much of the machine's memory a process uses, in bytes; 0 where the system does not say. */
export function memoryOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Memory of a server that nobody has asked for a page yet, and after 1,000 pages at 8 connections. */
export async function measureMemory(pid: number, ask: () => Promise<unknown>) {
  await pause(5_000);
  const rest = memoryOf(pid);
  let left = 1_000;
  const asker = async () => {
    while (left-- > 0) await ask();
  };
  await Promise.all(Array.from({ length: 8 }, asker));
  return { rest, after: memoryOf(pid) };
}
