import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createDb, type Db, type Tx } from "@/db/client";
import { kept, keptBuilt } from "@/db/kept";
import { testUrl } from "@/lib/testing/database";
import { startTcpProxy, type TcpProxy } from "@/lib/testing/tcp-proxy";

const max = 4;
const table = `pool_${process.pid}`;

let proxy: TcpProxy;
let db: Db;
/** Past the proxy. */
let direct: Db;

beforeEach(async () => {
  const address = new URL(testUrl());
  direct = createDb(address.href, { max: 2 });
  await direct.execute(sql.raw(`create table ${table} (word text primary key)`));
  proxy = await startTcpProxy(Number(address.port || 5432));
  db = createDb(proxied(), { max, statementTimeout: 1_500, patience: 1_000 });
});

afterEach(async () => {
  await db.$client.end({ timeout: 1 });
  await proxy.close();
  await direct.execute(sql.raw(`drop table ${table}`));
  await direct.$client.end();
});

/** The test's database through the proxy. */
function proxied(): string {
  const address = new URL(testUrl());
  address.hostname = "127.0.0.1";
  address.port = String(proxy.port);
  return address.href;
}

const add = (to: Pick<Db, "execute">, word: string) => to.execute(sql`insert into ${sql.raw(table)} values (${word})`);
const words = async () => {
  const rows = await direct.execute<{ word: string }>(sql.raw(`select word from ${table} order by word`));
  return [...rows].map(({ word }) => word);
};

/** Milliseconds that pass while the server is busy elsewhere: when a connection is cut is left to chance. */
const passing = (ms: number) => direct.execute(sql`select pg_sleep(${ms / 1_000})`);

/** How many connections answer at the same moment. */
async function answering(count = max): Promise<number> {
  const pids = await Promise.all(
    Array.from({ length: count }, async () => {
      const [row] = await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid from pg_sleep(0.3)`);
      return row?.pid;
    }),
  );
  return new Set(pids).size;
}

/** Milliseconds until all of them answer again. */
async function recovery(): Promise<number> {
  const begin = performance.now();
  while (performance.now() - begin < 10_000) {
    if ((await answering().catch(() => 0)) === max) return performance.now() - begin;
    await passing(50);
  }
  throw new Error("Not every connection answers again");
}

const outcomes = async (work: Promise<unknown>[]) =>
  (await Promise.allSettled(work)).map(({ status }) => status === "fulfilled");

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** A promise, and what keeps it. */
function signal(): [Promise<void>, () => void] {
  let keep: () => void = () => undefined;
  const kept = new Promise<void>((resolve) => {
    keep = resolve;
  });
  return [kept, keep];
}

/** Two statements with something else between them. */
const change = (word: string) =>
  db.transaction(async (tx) => {
    await add(tx, `${word} a`);
    await passing(Math.random() * 4);
    await add(tx, `${word} b`);
  });

describe("connections that are lost", () => {
  test("at any moment, leave no process that ended, no change by halves and no connection that never answers", async () => {
    const done: string[] = [];
    for (let round = 0; round < 40; round++) {
      const work = Array.from({ length: 3 * max }, async (_, index) => {
        const word = `${round} ${index}`;
        if (index % 3 === 0) return void (await db.execute(sql`select ${word}::text, pg_sleep(0.002)`));
        await change(word);
        done.push(`${word} a`, `${word} b`);
      });
      const cuts = async () => {
        for (let count = 0; count < 3; count++) {
          await passing(Math.random() * 6);
          proxy.cut();
        }
      };
      await Promise.all([outcomes(work), cuts()]);
    }
    expect(await recovery()).toBeLessThan(3_000);
    const stored = await words();
    expect(done.filter((word) => !stored.includes(word))).toEqual([]);
    for (const word of stored)
      expect(stored).toContain(word.endsWith("a") ? word.replace(/a$/, "b") : word.replace(/b$/, "a"));
  }, 60_000);

  test.each(Array.from({ length: 12 }, (_, pieces) => pieces))(
    "after %i pieces of every answer, also while it signs in",
    async (pieces) => {
      proxy.cutAfter(pieces);
      const begin = performance.now();
      await outcomes([db.execute(sql`select 1`), change("first"), change("second"), db.execute(sql`select ${1}::int`)]);
      expect(performance.now() - begin).toBeLessThan(5_000);
      proxy.cutAfter(undefined);
      expect(await recovery()).toBeLessThan(3_000);
      expect(proxy.open()).toBeLessThanOrEqual(max);
    },
  );

  test("take nothing of their transaction to another connection", async () => {
    const lost = db.transaction(async (tx) => {
      await add(tx, "before");
      proxy.cut();
      await passing(20);
      await db.execute(sql`select 1`);
      await add(tx, "after");
    });
    await expect(lost).rejects.toThrow();
    expect(await words()).toEqual([]);
    expect(await recovery()).toBeLessThan(3_000);
  });

  test("roll nothing of anybody else back", async () => {
    const [cut, isCut] = signal();
    const [gone, lose] = signal();
    const lost = db.transaction(async (tx) => {
      await add(tx, "lost");
      proxy.cut();
      isCut();
      await gone;
      throw new Error("given up");
    });
    await cut;
    const others = Array.from({ length: max }, (_, index) =>
      db.transaction(async (tx) => {
        await add(tx, `kept ${index}`);
        lose();
        await passing(50);
      }),
    );
    expect(await outcomes([lost, ...others])).toEqual([false, ...others.map(() => true)]);
    expect(await words()).toEqual(others.map((_, index) => `kept ${index}`));
  });

  test("at the end of a change, leave it open whether that was stored", async () => {
    proxy.cutAt("commit");
    const lost = change("unknown");
    await expect(lost).rejects.toMatchObject({ code: "DATABASE_UNAVAILABLE", unknown: true });
    proxy.cutAt("insert into");
    await expect(change("known")).rejects.toMatchObject({ cause: { code: "DATABASE_UNAVAILABLE", unknown: false } });
    proxy.cutAt(undefined);
    expect(await recovery()).toBeLessThan(3_000);
  });

  test("fail at once, and wait a moment for the server to be back", async () => {
    await db.execute(sql`select 1`);
    await proxy.close();
    const waiting = db.execute(sql`select 1 as one`);
    await passing(400);
    await proxy.listen();
    expect([...(await waiting)]).toEqual([{ one: 1 }]);

    await proxy.close();
    await passing(20);
    const begin = performance.now();
    await expect(db.execute(sql`select 1`)).rejects.toMatchObject({ cause: { code: "DATABASE_UNAVAILABLE" } });
    expect(performance.now() - begin).toBeGreaterThan(500);
    expect(performance.now() - begin).toBeLessThan(1_500);
    const later = performance.now();
    await expect(db.execute(sql`select 1`)).rejects.toThrow();
    expect(performance.now() - later).toBeLessThan(100);
    await proxy.listen();
    expect(await recovery()).toBeLessThan(3_000);
  });
});

describe("a server that hangs", () => {
  test("ends every request in time, and all connections answer once it continues", async () => {
    expect(await answering()).toBe(max);
    proxy.hang();
    const begin = performance.now();
    const asked = Array.from({ length: 4 * max }, (_, index) =>
      index % 2 ? db.execute(sql`select 1`) : change(`hung ${index}`),
    );
    expect((await outcomes(asked)).filter(Boolean)).toEqual([]);
    expect(performance.now() - begin).toBeLessThan(4_000);
    proxy.flow();
    expect(await recovery()).toBeLessThan(3_000);
    expect(proxy.open()).toBeLessThanOrEqual(max);
  });
});

describe("a pool", () => {
  test("lets nobody wait longer than its patience, and is not taken for lost when it is only busy", async () => {
    const busy = Array.from({ length: max }, async () => db.execute(sql`select pg_sleep(1.3)`));
    await passing(20);
    const begin = performance.now();
    await expect(db.execute(sql`select 1`)).rejects.toMatchObject({ cause: { code: "DATABASE_UNAVAILABLE" } });
    expect(performance.now() - begin).toBeLessThan(1_300);
    expect(await outcomes(busy)).toEqual(busy.map(() => true));
  });

  test("cancels a statement in time, and keeps its connection", async () => {
    const [before] = await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    await expect(db.execute(sql`select pg_sleep(5)`)).rejects.toMatchObject({ cause: { code: "57014" } });
    expect([...(await db.execute(sql`select pg_backend_pid() as pid`))]).toEqual([before]);
  });

  test("commits no transaction in which a statement failed, even where nobody looked", async () => {
    const swallowed = db.transaction(async (tx) => {
      await add(tx, "first");
      await add(tx, "first").catch(() => undefined);
    });
    await expect(swallowed).rejects.toMatchObject({ code: "23505" });
    const hidden = db.transaction(async (tx) => {
      await add(tx, "second");
      await add(tx, "second").catch(() => undefined);
      await add(tx, "third");
    });
    await expect(hidden).rejects.toMatchObject({ code: "23505" });
    expect(await words()).toEqual([]);
  });

  test("refuses what comes after the end of its transaction, from work that nobody waited for", async () => {
    const late: Promise<boolean[]>[] = [];
    const leave = async (tx: Tx, word: string) => {
      await add(tx, word);
      late.push(outcomes([passing(5).then(() => add(tx, "late"))]));
    };
    await db.transaction((tx) => leave(tx, "within"));
    await db
      .transaction((tx) => leave(tx, "undone").then(() => Promise.reject(new Error("undone"))))
      .catch(() => undefined);
    expect(await Promise.all(late)).toEqual([[false], [false]]);
    expect(await words()).toEqual(["within"]);
  });

  test("keeps no answer once it was given", async () => {
    const kept: WeakRef<object>[] = [];
    for (let round = 0; round < 50; round++)
      kept.push(new WeakRef(await db.execute(sql`select ${round}::int as round`)));
    await vi.waitFor(() => {
      collectGarbage();
      expect(kept.filter((rows) => rows.deref()).length).toBeLessThan(5);
    });
  });

  test("goes back to a savepoint and on from there", async () => {
    await db.transaction(async (tx) => {
      await add(tx, "outer");
      await tx.transaction((inner) => add(inner, "outer")).catch(() => undefined);
      await tx.transaction(async (inner) => {
        await add(inner, "inner");
        await inner.transaction((third) => add(third, "third"));
      });
    });
    expect(await words()).toEqual(["inner", "outer", "third"]);
  });

  test("builds a statement once, and asks it where it is asked: of each database, in each transaction, and of what only reads", async () => {
    let built = 0;
    const find = keptBuilt((on: Pick<Db, "select">) => {
      built += 1;
      const found = on.select({ word: sql<string>`word` }).from(sql.raw(table));
      return found.where(sql`word = ${sql.placeholder("word")}`);
    });
    const finds = async (on: Pick<Db, "select">) => (await find(on, { word: "inside" })).length;
    expect(await finds(db)).toBe(0);
    await db.transaction(async (tx) => {
      await add(tx, "inside");
      expect([await finds(tx), await finds(db), await finds(direct)]).toEqual([1, 0, 0]);
      await tx.transaction(async (inner) => expect(await finds(inner)).toBe(1));
      expect(built).toBe(1);
      expect(await finds({ select: tx.select.bind(tx) } as Tx), "by a select alone").toBe(1);
      expect(built).toBe(2);
    });
    expect([await finds(db), await finds(direct), built]).toEqual([1, 1, 2]);
  });

  test("keeps prepared what may be kept, up to a bound, and nothing where that is turned off", async () => {
    const ask = (on: Db, columns: number) => {
      const named = Object.fromEntries(Array.from({ length: columns }, (_, at) => [`c${at}`, sql`${at}::int`]));
      return kept(on.select(named).from(sql`generate_series(1, ${1}::int)`));
    };
    const prepared = async (on: Db) => {
      const [row] = await on.execute<{ count: number }>(sql`select count(*)::int as count from pg_prepared_statements`);
      return row?.count;
    };
    const address = testUrl();
    const [one, none] = [createDb(address, { max: 1 }), createDb(address, { max: 1, prepares: false })];
    try {
      for (const on of [one, none]) {
        expect(await ask(on, 2)).toEqual([{ c0: 0, c1: 1 }]);
        expect(await ask(on, 2)).toEqual([{ c0: 0, c1: 1 }]);
      }
      expect([await prepared(one), await prepared(none)]).toEqual([1, 0]);
      for (let columns = 3; columns < 120; columns++) await ask(one, columns);
      expect(await prepared(one)).toBe(100);
    } finally {
      await one.$client.end();
      await none.$client.end();
    }
  });

  test("asks once, with parameters or without, kept or not", async () => {
    const one = createDb(proxied(), { max: 1 });
    const steps = async (ask: () => Promise<unknown>) => {
      const begin = proxy.sent();
      await ask();
      return proxy.sent() - begin;
    };
    const word = sql<string>`${"a"}::text || ${1}::int`;
    const from = sql`generate_series(1, 1)`;
    try {
      await one.execute(sql`select 1`);
      expect(await steps(() => one.execute(sql`select ${"a"}::text, ${1}::int, ${true}::boolean, ${null}::uuid`))).toBe(
        1,
      );
      expect(await steps(() => kept(one.select({ word }).from(from)))).toBe(1);
      expect(await steps(() => kept(one.select({ word }).from(from)))).toBe(1);
      expect(await steps(() => one.transaction((tx) => tx.execute(sql`select ${"a"}::text`)))).toBe(3);
      // Of a list the driver has to know what of.
      expect(await steps(() => one.execute(sql`select ${sql.param(["a"])}::text[]`))).toBe(2);
      await expect(one.execute(sql`select ${"a"}::int`)).rejects.toThrow();
      await expect(one.execute(sql`select ${"a"}::text from nowhere`)).rejects.toThrow();
      expect(await steps(() => one.execute(sql`select ${"a"}::text`)), "after a failure").toBe(1);
    } finally {
      await one.$client.end();
    }
  });

  test("keeps prepared also what has no parameters", async () => {
    const one = createDb(testUrl(), { max: 1 });
    try {
      for (let time = 0; time < 2; time++)
        expect(await kept(one.select({ one: sql`1` }).from(sql`generate_series(1, 1)`))).toEqual([{ one: 1 }]);
      const [row] = await one.execute(sql`select count(*)::int as count from pg_prepared_statements`);
      expect(row).toEqual({ count: 1 });
    } finally {
      await one.$client.end();
    }
  });

  test("continues with what it keeps when a migration has added a column meanwhile", async () => {
    const address = testUrl();
    const one = createDb(address, { max: 1 });
    const saved = () =>
      one.transaction((tx) =>
        kept(tx.select({ word: sql<string>`word` }).from(sql`${sql.raw(table)} where word = ${"a"} for update`)),
      );
    try {
      await add(one, "a");
      expect(await saved()).toEqual([{ word: "a" }]);
      await direct.execute(sql.raw(`alter table ${table} add column later integer not null default 1`));
      expect(await saved()).toEqual([{ word: "a" }]);
    } finally {
      await one.$client.end();
    }
  });

  test("knows arrays in both directions", async () => {
    const id = "0198a1f0-0000-7000-8000-000000000000";
    const texts = ["a", 'b"c', "d\\e", "f,g", "{}", "NULL", ""];
    const [row] = await db.execute(
      sql`select ${sql.param(texts)}::text[] as texts, ${id} = any(${sql.param([id])}::uuid[]) as found,
            array[1, null, 3] as numbers, array[true, false] as booleans, array[]::uuid[] as none`,
    );
    expect(row).toEqual({ texts, found: true, numbers: [1, null, 3], booleans: [true, false], none: [] });
  });
});
