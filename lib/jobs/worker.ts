import { EventEmitter } from "node:events";
import { Logger, type Runner, run, type TaskList, type WorkerEvents } from "graphile-worker";
import { jobQueueAddress } from "@/db/job-queue-address";
import { watchWorkers } from "@/lib/jobs/stale-workers";
import { faultOf, log } from "@/lib/platform/log";

export type Worker = { stop(): Promise<void> };

const concurrency = 2;
const restartAfter = 5_000;

/**
 * Runs jobs until it is stopped, on connections of its own to this database, as the role that owns the queue. A database
 * that goes away is waited for. `stop` lets the jobs that run end, up to five seconds.
 */
export async function startWorker(url: string, tasks: TaskList): Promise<Worker> {
  let stopped = false;
  let pause: NodeJS.Timeout | undefined;
  let running: { runner: Runner; watch: { stop(): Promise<void> } } | undefined;

  async function begin() {
    let poolId = "";
    const events = new EventEmitter() as WorkerEvents;
    events.once("pool:create", ({ workerPool }) => {
      poolId = workerPool.id;
    });
    const runner = await run({
      connectionString: jobQueueAddress(url),
      concurrency,
      maxPoolSize: concurrency + 1,
      noHandleSignals: true,
      crontab: "",
      taskList: tasks,
      logger,
      events,
      // With a delay, even of 0, a worker that stops waits until the end of each job is written; without one it does not.
      preset: { worker: { gracefulShutdownAbortTimeout: 5_000, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    });
    running = { runner, watch: watchWorkers(url, poolId) };
    runner.promise.then(again, again);
  }

  async function again(error?: unknown) {
    if (stopped) return;
    if (error) log.error({ fault: faultOf(error) }, "worker ended");
    await running?.watch.stop();
    pause = setTimeout(() => void begin().catch(again), restartAfter);
  }

  await begin().catch(again);
  return {
    async stop() {
      stopped = true;
      clearTimeout(pause);
      await running?.runner.stop();
      await running?.watch.stop();
    },
  };
}

/** A job that fails says so itself, in the mail log: here only what is wrong with the worker. */
const logger = new Logger(() => (level, message) => {
  const worker = message.split("\n")[0]?.slice(0, 300);
  if (level === "error" && !message.startsWith("Failed task")) log.error({ worker }, "worker");
  if (level === "warning") log.warn({ worker }, "worker");
});
