import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { StartError } from "@/db/embedded";

/** The process id of the server that was started below our own process. */
export function serverProcess(): number {
  const processes = execFileSync("ps", ["-axo", "pid=,ppid=,command="], { encoding: "utf8" })
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((found) => found !== null)
    .map(([, pid, parent, command = ""]) => ({ pid: Number(pid), parent: Number(parent), command }));
  const below = (pid: number): typeof processes =>
    processes.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...below(child.pid)]);
  const server = below(process.pid).find(({ command }) => /next-server|next\/dist\/bin\/next/.test(command));
  if (!server) throw new StartError("The server's process is not found.");
  return server.pid;
}

/** How many descriptors that process has open. */
export const descriptorsOf = (pid: number): number =>
  process.platform === "linux"
    ? readdirSync(`/proc/${pid}/fd`).length
    : execFileSync("lsof", ["-a", "-p", String(pid), "-d", "0-999999"], { encoding: "utf8" })
        .trim()
        .split("\n").length - 1;

/** Its resident memory in MB, and that of the processes that it has started. */
export function memoryOf(pid: number): { own: number; started: number } {
  const rows = execFileSync("ps", ["-axo", "pid=,ppid=,rss="], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const sum = (which: (row: number[]) => boolean) =>
    Math.round(rows.filter(which).reduce((all, [, , kB = 0]) => all + kB, 0) / 1024);
  return { own: sum(([id]) => id === pid), started: sum(([, parent]) => parent === pid) };
}
