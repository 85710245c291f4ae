import { spawnSync } from "node:child_process";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { StartError } from "@/db/embedded";
import { unwritable } from "@/lib/platform/unavailable";
import { runMain } from "../run-main";
import { checkStored, countByKind, isUnavailable, type Load, longest, startLoad } from "./database-load";
import { type FaultServer, withFaultServer } from "./fault-server";

const size = "224m";
/** Milliseconds that the disk stays full once a sign-in has met it. */
const fullFor = 20_000;
const mebibyte = Buffer.alloc(1_048_576);

/** The data folder is on a small disk of its own, which is filled and freed under load. Prints what came in the meantime. */
runMain(async () => {
  if (process.platform !== "linux" || process.getuid?.() !== 0)
    throw new StartError("This step mounts a small disk in memory, for which it has to run as root on Linux.");
  let mounted = "";
  try {
    return await withFaultServer("disk", fillAndFree, {
      prepare(dataDir) {
        command("mount", "-t", "tmpfs", "-o", `size=${size},mode=700`, "tmpfs", dataDir);
        mounted = dataDir;
      },
    });
  } finally {
    if (mounted) command("umount", "--lazy", mounted);
  }
});

async function fillAndFree({ baseUrl, databaseUrl, dataDir }: FaultServer): Promise<number> {
  const missed: string[] = [];
  const load = await startLoad(baseUrl);
  await sleep(2_000);
  const filler = join(dataDir, "filler");
  fill(filler);
  const full = Date.now();
  const refused = () => load.asked.some(({ at, kind, says }) => at >= full && kind === "sign-in" && isRefused(says));
  await waitUntil(refused, 60_000);
  if (!refused()) missed.push("no sign-in was told that nothing can be saved");
  const ready = await readiness(baseUrl);
  if (ready.status === 200 && ready.writable !== false) missed.push("readiness said that something can be written");
  await sleep(fullFor);
  const during = load.asked.filter(({ at }) => at >= full);

  rmSync(filler);
  const free = Date.now();
  const isBack = () => load.asked.some(({ at, time, kind, good }) => kind === "sign-in" && good && at - time >= free);
  await waitUntil(isBack, 60_000);
  if (!isBack()) missed.push("no sign-in succeeded within a minute after the disk was free");
  const back = Date.now() - free;
  await sleep(1_000);
  await load.stop();
  const after = await readiness(baseUrl);
  if (after.status !== 200 || after.writable !== true) missed.push("readiness did not say that all is well again");

  console.table(countByKind(during.map((one) => ({ ...one, good: one.good || isRefused(one.says) }))));
  const stored = await checkStored(baseUrl, databaseUrl, load);
  console.table({
    disk: { ...stored, "told while full": JSON.stringify(ready), "sign-in after (ms)": back },
  });
  return judge(load, during, missed, stored);
}

const isRefused = (says: string) => says.includes(unwritable);

/** Until nothing more fits. */
function fill(path: string) {
  const file = openSync(path, "w");
  try {
    for (const piece of [mebibyte, mebibyte.subarray(0, 4_096)]) {
      try {
        while (writeSync(file, piece) === piece.length);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      }
    }
  } finally {
    closeSync(file);
  }
}

async function readiness(baseUrl: string): Promise<{ status: number; writable?: boolean }> {
  const answer = await fetch(`${baseUrl}/api/health/ready`);
  const { writable } = (await answer.json()) as { writable?: boolean };
  return { status: answer.status, writable };
}

async function waitUntil(done: () => boolean, most: number) {
  for (const end = Date.now() + most; Date.now() < end && !done(); ) await sleep(50);
}

function command(...[name = "", ...args]: string[]) {
  const { status, stderr } = spawnSync(name, args, { encoding: "utf8" });
  if (status !== 0) throw new StartError(`${name} failed. ${stderr}`);
}

function judge(
  { asked }: Load,
  during: Load["asked"],
  missed: string[],
  stored: Awaited<ReturnType<typeof checkStored>>,
) {
  const wrong = during.filter(({ says }) => says.includes("User name or password is wrong"));
  if (wrong.length > 0) missed.push(`${wrong.length} sign-ins were told that the password is wrong`);
  const others = asked.filter((one) => !one.good && !isUnavailable(one) && !isRefused(one.says));
  for (const { kind, status, says } of others.slice(0, 5)) console.log(kind, status, says.slice(0, 300));
  if (others.length > 0) missed.push(`${others.length} answers were neither good, nor the sentence, nor 503`);
  const late = asked.filter(({ time }) => time > longest);
  if (late.length > 0) missed.push(`${late.length} requests took longer than ${longest} ms`);
  if (stored.lost > 0) missed.push(`${stored.lost} acknowledged sign-ins are lost`);
  if (stored.withoutOneEvent > 0) missed.push(`${stored.withoutOneEvent} sessions have not exactly one event`);
  if (missed.length > 0) throw new StartError(missed.join("; "));
  return 0;
}
