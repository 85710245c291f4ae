import { eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { expect, test, vi } from "vitest";
import { grantApplicationRole } from "@/db/application-role";
import { createDb } from "@/db/client";
import { newId } from "@/db/columns";
import { freePort } from "@/db/embedded";
import { mails, settings } from "@/db/schema";
import { operator } from "@/lib/authz/principal";
import { createContext } from "@/lib/context";
import { addJob } from "@/lib/jobs/add-job";
import { releaseStaleJobs, watchWorkers } from "@/lib/jobs/stale-workers";
import { startWorker } from "@/lib/jobs/worker";
import { enqueueMail } from "@/lib/mail/enqueue";
import { transportKey } from "@/lib/mail/transport";
import { tasksOn } from "@/lib/startup/tasks";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { startMailSink } from "@/lib/testing/mail-sink";

const patience = { timeout: 30_000, interval: 100 };

test(
  "the outbox: the change is done at once, mail goes when the server is back, and only for what was committed",
  () =>
    withFreshDatabase("outbox", async (owner, url) => {
      const role = await grantApplicationRole(url);
      const db = createDb(url, { max: 4, role });
      const port = await freePort();
      const from = "Gatehouse <gatehouse@example.com>";
      const value = { host: "127.0.0.1", port, security: "none", user: "", password: "", from };
      await owner.insert(settings).values({ key: transportKey, value });
      const ctx = createContext(db, operator);
      const enqueue = (name: string, commit: boolean) =>
        db.transaction(async (tx) => {
          const to = { name, address: `${name}@northwind.example` };
          const mail = await enqueueMail(ctx, tx, { template: "test", userId: null, to, values: {} });
          if (!commit) throw new Error("rolled back");
          return mail.id;
        });

      const worker = await startWorker(url, tasksOn(db));
      const sink = { current: undefined as Awaited<ReturnType<typeof startMailSink>> | undefined };
      try {
        const begin = performance.now();
        const ids = await Promise.all(["eve", "lee", "quinn"].map((name) => enqueue(name, true)));
        await expect(enqueue("mallory", false)).rejects.toThrow("rolled back");
        expect(performance.now() - begin).toBeLessThan(1_000);

        await vi.waitFor(async () => {
          const tried = await db.select().from(mails);
          expect(tried.map(({ status, attempts }) => ({ status, tried: attempts > 0 }))).toEqual(
            ids.map(() => ({ status: "waiting", tried: true })),
          );
        }, patience);

        sink.current = await startMailSink({ port });
        await vi.waitFor(async () => {
          const sent = await db.select().from(mails).where(eq(mails.status, "sent"));
          expect(sent).toHaveLength(ids.length);
        }, patience);
        const reached = sink.current.received.map(({ envelope }) => envelope.to[0]).toSorted();
        expect(reached).toEqual(["eve@northwind.example", "lee@northwind.example", "quinn@northwind.example"]);
      } finally {
        await worker.stop();
        await sink.current?.stop();
        await db.$client.end();
      }
    }),
  60_000,
);

test(
  "a worker that is stopped in the middle of a delivery gives it back, and the next one delivers it",
  () =>
    withFreshDatabase("stopped", async (db, url) => {
      const sink = await startMailSink();
      const from = "Gatehouse <gatehouse@example.com>";
      const value = { host: "127.0.0.1", port: sink.port, security: "none", user: "", password: "", from };
      await db.insert(settings).values({ key: transportKey, value });
      const to = { name: "eve", address: "eve@northwind.example" };
      sink.answer("stall");
      try {
        const first = await startWorker(url, tasksOn(db));
        const { id } = await db.transaction((tx) =>
          enqueueMail(createContext(db, operator), tx, { template: "test", userId: null, to, values: {} }),
        );
        await vi.waitFor(() => expect(sink.connections()).toBe(1), patience);
        await first.stop();
        const [waiting] = await db.select().from(mails).where(eq(mails.id, id));
        expect(waiting).toMatchObject({ status: "waiting", attempts: 1 });
        expect(waiting?.lastError).toMatch(/had not answered when this server was stopped/);

        sink.answer("take");
        await db.execute(sql`update graphile_worker._private_jobs set run_at = now()`);
        const second = await startWorker(url, tasksOn(db));
        await vi.waitFor(() => expect(sink.received).toHaveLength(1), patience);
        await second.stop();
        expect(await db.select({ status: mails.status }).from(mails)).toEqual([{ status: "sent" }]);
      } finally {
        await sink.stop();
      }
    }),
  60_000,
);

test(
  "jobs of a process that died are given back; those of one that lives are left alone",
  () =>
    withFreshDatabase("stale", async (db, url) => {
      const queue = postgres(url, { max: 1 });
      const living = watchWorkers(url, "pool-living");
      try {
        await db.transaction(async (tx) => {
          for (const key of ["dead", "living"]) await addJob(tx, "mail.send", { mailId: newId() }, { key });
        });
        await queue`update graphile_worker._private_jobs set locked_by = 'pool-' || key, locked_at = now() - interval '1 minute'`;
        await vi.waitFor(
          async () => expect(await releaseStaleJobs(queue, "pool-own")).toEqual(["pool-dead"]),
          patience,
        );
        const locked = await queue`select key from graphile_worker._private_jobs where locked_by is not null`;
        expect(locked.map(({ key }) => key)).toEqual(["living"]);
        expect(await releaseStaleJobs(queue, "pool-own")).toEqual([]);
      } finally {
        await living.stop();
        await queue.end();
      }
    }),
  30_000,
);
