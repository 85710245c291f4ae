import { existsSync, readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

export interface Timing {
  name: string;
  /** Milliseconds. */
  p50: number;
  p95: number;
  /** How many rows came and how many match in all, in words. */
  note: string;
  bare: number | null;
}

/** Runs once to warm up, unless it is warm, then `rounds` times; in milliseconds. */
export async function time(rounds: number, work: () => Promise<unknown>, warmUp = true) {
  if (warmUp) await work();
  const taken: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    await work();
    taken.push(performance.now() - start);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

/** Milliseconds that the server process of a pool of one connection has computed, as Linux counts them; else the time that passed. */
export async function processorOf(db: Db): Promise<() => number> {
  const [row] = await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  const file = `/proc/${row?.pid}/schedstat`;
  if (existsSync(file)) return () => Number(readFileSync(file, "utf8").split(" ")[0]) / 1e6;
  console.log("The server's processes are not on this machine: these are the times that passed.");
  return () => performance.now();
}

/** The median of what some work takes of the database's processor, in milliseconds. `after` is not measured. */
export async function median(
  times: number,
  work: () => Promise<unknown>,
  spent: () => number,
  after?: () => Promise<unknown>,
): Promise<number> {
  const taken: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const before = spent();
    await work();
    taken.push(spent() - before);
    await after?.();
  }
  return taken.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
}

const ms = (value: number | null) => (value === null ? "" : value.toFixed(1));

/** Prints rows under heads, numbers to the right. */
export function printTable(title: string, heads: string[], rows: string[][]): void {
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: string[]) =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  ");
  console.log(`\n${title}\n${line(heads)}\n${widths.map((width) => "-".repeat(width)).join("  ")}`);
  for (const row of rows) console.log(line(row));
}

export function printTimings(title: string, timings: Timing[]): void {
  printTable(
    title,
    ["what", "p50 ms", "p95 ms", "bare SQL ms", "shows"],
    timings.map(({ name, p50, p95, bare, note }) => [name, ms(p50), ms(p95), ms(bare), note]),
  );
}
