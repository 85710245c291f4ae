import { sql } from "drizzle-orm";
import { tellUnknownProofs } from "@/lib/audit/unknown-proofs";
import { forgetSignOuts } from "@/lib/auth/id-tokens";
import { forgetThrottles } from "@/lib/auth/throttle";
import { nobody } from "@/lib/authz/principal";
import { forgetUsed } from "@/lib/client-tokens/used-assertions";
import { createContext } from "@/lib/context";
import { beatForDemonstration } from "@/lib/demo/heartbeats";
import { forgetChallenges } from "@/lib/factors/challenges";
import { forgetAwaited } from "@/lib/identity-providers/identities";
import { forgetKeys } from "@/lib/kernel/once";
import { db } from "@/lib/platform/db";
import { env, isDemonstration } from "@/lib/platform/env";
import { startDraining } from "@/lib/platform/health";
import { faultOf, log } from "@/lib/platform/log";
import { printSetupCode } from "@/lib/setup/code";
import { keepSigningKeys } from "@/lib/signing-keys/keep";
import { flushUses } from "@/lib/tokens/last-use";

/** What a server process does once, before its first request: refuse a bad configuration, keep house; then it runs jobs too. */
export async function startUp(): Promise<void> {
  env();
  process.once("SIGTERM", startDraining);
  process.once("SIGTERM", () => void flushUses());
  await keepHouse();
  await printSetupCode(db(), (line) => process.stdout.write(`${line}\n`));
  setInterval(() => void keepHouse(), 60_000).unref();
  void runJobs().catch((error) => log.error({ fault: faultOf(error) }, "worker"));
}

/** Loaded by itself: no request waits for the queue and the mail. */
async function runJobs(): Promise<void> {
  const [{ startWorker }, { tasksOn }, { enqueueFolding }, { enqueuePlaceCheck }, { enqueuePersonKeyCheck }] =
    await Promise.all([
      import("@/lib/jobs/worker"),
      import("@/lib/startup/tasks"),
      import("@/lib/upgrades/fold-keys"),
      import("@/lib/organisation/keep-places"),
      import("@/lib/users/keep-person-keys"),
    ]);
  await enqueueFolding(db()).catch((error) => log.error({ fault: faultOf(error) }, "names were not folded again"));
  await enqueuePlaceCheck(db()).catch((error) => log.error({ fault: faultOf(error) }, "places are not checked"));
  await enqueuePersonKeyCheck(db()).catch((error) => log.error({ fault: faultOf(error) }, "copies are not checked"));
  const worker = await startWorker(env().DATABASE_URL, tasksOn(db()));
  process.once("SIGTERM", () => void worker.stop().catch((error) => log.error({ fault: faultOf(error) }, "worker")));
}

/** Partitions for the months to come, failed sign-ins, challenges, sign-outs, prepared links and assertions that are over, keys to sign with, the demonstration's clients. */
async function keepHouse(): Promise<void> {
  try {
    await db().execute(sql`select ensure_event_partitions(now()::date, 2)`);
    await tellUnknownProofs(createContext(db(), nobody));
    await forgetThrottles(createContext(db(), nobody));
    await forgetChallenges(createContext(db(), nobody));
    await forgetSignOuts(createContext(db(), nobody));
    await forgetKeys(createContext(db(), nobody));
    await forgetAwaited(createContext(db(), nobody));
    await forgetUsed(createContext(db(), nobody));
    await keepSigningKeys(db(), new Date());
    if (isDemonstration()) await beatForDemonstration(db(), new Date());
  } catch (error) {
    log.error({ fault: faultOf(error) }, "housekeeping did not finish");
  }
}
