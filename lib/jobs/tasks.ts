import type { JobHelpers, TaskList } from "graphile-worker";
import { z } from "zod";
import type { Db } from "@/db/client";
import type { Jobs, TaskName } from "@/lib/jobs/add-job";
import { sendMail } from "@/lib/mail/send";

type Tasks = { [T in TaskName]: (payload: Jobs[T], last: boolean) => Promise<void> };

/** What the worker does for each job. A task may run again after a crash, so each says what then holds. */
export function tasksOn(db: Db): TaskList {
  const tasks: Tasks = {
    "mail.send": ({ mailId }, last) => sendMail(db, z.uuid().parse(mailId), { last }),
  };
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      (payload: unknown, { job }: JobHelpers) => task(payload as never, job.attempts >= job.max_attempts),
    ]),
  );
}
