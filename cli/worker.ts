import { createDb } from "@/db/client";
import { startWorker } from "@/lib/jobs/worker";
import { prepares } from "@/lib/platform/env";
import { tasksOn } from "@/lib/startup/tasks";
import { openDatabase } from "./database";
import { runMain } from "./run-main";
import { loadSettings } from "./settings";

/** Jobs in a process of their own, beside the server's, until it is stopped. */
runMain(async () => {
  const settings = loadSettings({ host: null });
  const told = new Promise<void>((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
  const database = await openDatabase(settings, { share: true, log: console.log });
  Object.assign(process.env, settings.env, { DATABASE_URL: database.url, GATEHOUSE_DATABASE_ROLE: database.role });
  const db = createDb(database.url, { max: 2, role: database.role || null, prepares: prepares() });
  try {
    const worker = await startWorker(database.url, tasksOn(db));
    console.log("The worker is ready");
    await told;
    await worker.stop();
    return 0;
  } finally {
    await db.$client.end({ timeout: 5 });
    await database.stop();
  }
});
