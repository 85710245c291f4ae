import type { JobHelpers, TaskList } from "graphile-worker";
import { z } from "zod";
import type { Db } from "@/db/client";
import type { Jobs, TaskName } from "@/lib/jobs/add-job";
import { sendMail } from "@/lib/mail/send";
import { checkPlaces } from "@/lib/organisation/keep-places";
import { uuid } from "@/lib/platform/uuid";
import { foldBatch } from "@/lib/upgrades/fold-keys";
import { foldedTables } from "@/lib/upgrades/schema";
import { checkPersonKeys } from "@/lib/users/keep-person-keys";

/** `last`: it is not tried again. `signal`: the worker has to stop. */
type Tasks = { [T in TaskName]: (payload: Jobs[T], how: { last: boolean; signal: AbortSignal }) => Promise<void> };

const afterSchema = z.object({ after: uuid().nullable() });
const foldSchema = z.object({ table: z.enum(foldedTables), after: uuid().nullable() });

/** What the worker does for each job. A task may run again after a crash, so each says what is true then. */
export function tasksOn(db: Db): TaskList {
  const tasks: Tasks = {
    "keys.fold": async (payload) => {
      const { table, after } = foldSchema.parse(payload);
      await foldBatch(db, table, after);
    },
    "places.check": async () => {
      await checkPlaces(db);
    },
    "person_keys.check": async (payload) => {
      await checkPersonKeys(db, afterSchema.parse(payload).after);
    },
    "mail.send": ({ mailId }, how) => sendMail(db, uuid().parse(mailId), how),
  };
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      (payload: unknown, { job, abortSignal }: JobHelpers) =>
        task(payload as never, { last: job.attempts >= job.max_attempts, signal: abortSignal }),
    ]),
  );
}
