import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { Readable } from "node:stream";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type GuardOptions, guardConnections } from "@/lib/connections/guard";
import { receive } from "@/lib/connections/install";
import type { Refusal } from "@/lib/connections/tally";
import { answerSlowly, drip, openConnection, readLate, readSlowly, upgradeFor } from "@/lib/testing/raw-connection";

const limits = {
  headers: 200,
  body: 400,
  request: 2_000,
  idle: 150,
  trustedIdle: 1_500,
  reader: 300,
  perAddress: 100,
  inAll: 100,
};
const never: RequestListener = () => {};
const hello: RequestListener = (request, response) => {
  request.resume();
  request.once("end", () => response.end("hello"));
};

let server: Server;
let refused: Refusal[] = [];

/** A server whose upgrades, as Next's, are taken and then answered by nobody. */
async function start(listener: RequestListener, options: Partial<GuardOptions> = {}) {
  server = createServer({ connectionsCheckingInterval: 20, requireHostHeader: false }, listener);
  server.on("upgrade", () => {});
  refused = [];
  const guard = guardConnections(server, {
    limits,
    trusted: [],
    upgrades: false,
    onRequest: receive,
    onRefused: (why) => refused.push(why),
    ...options,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return guard;
}

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const openConnections = () => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));

const open = (text?: string, options?: { reads: boolean }) => openConnection(server, text, options);

const statusOf = (text: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);

const get = "GET / HTTP/1.1\r\nHost: a\r\n";

describe("a connection without a request is closed", () => {
  test.each([
    ["no byte", ""],
    ["half a first line", "GET /"],
    ["headers that do not end", `${get}X-A: b\r\n`],
  ])("%s", async (_, text) => {
    await start(hello);
    const { received, ms } = await open(text).over;
    expect(ms).toBeLessThan(1_000);
    expect([0, 408]).toContain(statusOf(received));
    expect(await openConnections()).toBe(0);
    expect(refused).toEqual(["late"]);
  });

  test("headers that trickle", async () => {
    await start(hello);
    const { socket, over } = open(get);
    drip(socket, "X-A: b\r\n");
    const { received, ms } = await over;
    expect([statusOf(received), ms < 1_000]).toEqual([408, true]);
  });

  test("a body that stops", async () => {
    await start(hello);
    const { ms } = await open("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc").over;
    expect(ms).toBeLessThan(1_000);
    expect(refused).toEqual(["late"]);
  });

  test("a body that stops where nobody reads it", async () => {
    await start(never);
    await open("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc").over;
    expect(refused).toEqual(["late"]);
  });

  test("a body that trickles beyond the time of a request", async () => {
    await start(hello, { limits: { ...limits, request: 500 } });
    const { socket, over } = open("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
    drip(socket, "a");
    const { received, ms } = await over;
    expect([statusOf(received), ms < 2_000]).toEqual([408, true]);
  });

  test("idle after an answer, and half a request after an answer", async () => {
    await start(hello);
    for (const rest of ["", "GET / HT"]) {
      const { received, ms } = await open(`${get}\r\n${rest}`).over;
      expect(statusOf(received)).toBe(200);
      expect(ms).toBeLessThan(1_500);
    }
    expect(await openConnections()).toBe(0);
  });

  test("an answer that nobody reads", async () => {
    await start((_, response) => response.end(Buffer.alloc(64 * 1024 * 1024)));
    const asked = once(server, "request");
    const { socket } = open(`${get}\r\n`, { reads: false });
    await asked;
    await vi.waitFor(async () => expect(await openConnections()).toBe(0), { timeout: 3_000 });
    expect(refused).toEqual(["late"]);
    socket.destroy();
  });
});

describe("a connection that waits for us is not closed", () => {
  test("an answer that takes long, and one that comes in parts with long pauses", async () => {
    await start(answerSlowly(700));
    const { received } = await open(`${get}Connection: close\r\n\r\n`).over;
    expect(received).toContain("one");
    expect(received).toContain("two");
    expect(refused).toEqual([]);
  });

  test("a request whose body was replaced, as Next does, is no uncaught exception when the other side goes", async () => {
    await start((request) => {
      const other = new Readable({ read() {} }) as unknown as Record<string, unknown>;
      for (const key in other) {
        const value = other[key];
        Reflect.set(request, key, typeof value === "function" ? value.bind(request) : value);
      }
    });
    const errors: unknown[] = [];
    const listeners = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException").on("uncaughtException", (error) => errors.push(error));
    const asked = once(server, "request");
    const { socket } = open(`${get}\r\n`);
    const [request] = await asked;
    socket.resetAndDestroy();
    await vi.waitFor(() => expect(request.destroyed).toBe(true));
    await vi.waitFor(async () => expect(await openConnections()).toBe(0));
    process.removeAllListeners("uncaughtException");
    for (const listener of listeners) process.on("uncaughtException", listener);
    expect(errors).toEqual([]);
  });

  test("a download that is read slowly", async () => {
    await start((_, response) => response.end(Buffer.alloc(24 * 1024 * 1024, "a")), {
      limits: { ...limits, headers: 2_000, reader: 2_000 },
    });
    const { socket, over } = open(`${get}Connection: close\r\n\r\n`, { reads: false });
    const size = await readSlowly(socket);
    const { ms } = await over;
    expect(ms).toBeGreaterThan(limits.body);
    expect(size).toBeGreaterThan(24 * 1024 * 1024);
    expect(refused).toEqual([]);
  });

  test("a body that we have not read yet", async () => {
    await start(readLate(2_200), { limits: { ...limits, headers: 1_500, body: 1_500, request: 10_000 } });
    const body = "a".repeat(400_000);
    const { received } = await open(
      `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    ).over;
    expect(received).toContain("whole");
  });

  test("a proxy between two requests", async () => {
    await start(hello, { trusted: ["127.0.0.1"] });
    const { ms } = await open(`${get}\r\n`).over;
    expect(ms).toBeGreaterThan(1_400);
  });
});

describe("what nobody serves", () => {
  test("a request to upgrade is answered as the request that it is", async () => {
    await start(hello);
    for (const protocol of ["websocket", "h2c", "nothing"]) {
      const asked = open(`${get}Connection: Upgrade, close\r\nUpgrade: ${protocol}\r\n\r\n`);
      expect(statusOf((await asked.over).received)).toBe(200);
    }
    const body = "POST / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 3\r\n\r\nabc";
    expect((await open(body).over).received).toContain("hello");
  });

  test("an upgrade that is taken and not answered is closed; one that is answered stays", async () => {
    await start(hello, { upgrades: true });
    const upgrade = `${get}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
    expect((await open(upgrade).over).ms).toBeLessThan(1_000);
    server.removeAllListeners("upgrade");
    server.on("upgrade", upgradeFor(700));
    expect((await open(upgrade).over).received).toContain("later");
  });

  test.each([
    ["two hosts", `${get}hOST: b\r\n\r\n`, 400],
    ["the same host twice", `${get}Host: a\r\n\r\n`, 400],
    ["CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 405],
    ["TRACE", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 405],
    ["PROPFIND", "PROPFIND / HTTP/1.1\r\nHost: a\r\n\r\n", 405],
    ["a method that does not exist", "NOTHING / HTTP/1.1\r\nHost: a\r\n\r\n", 400],
    ["no host", "GET / HTTP/1.1\r\n\r\n", 400],
    ["no HTTP", "\r\nhello there\r\n\r\n", 400],
    ["headers that are too large", `${get}X-A: ${"a".repeat(20_000)}\r\n\r\n`, 431],
    ["an expectation", `${get}Connection: close\r\nExpect: tea\r\n\r\n`, 417],
  ])("%s is refused, with the headers of every answer", async (_, text, status) => {
    await start(never);
    const { received } = await open(text).over;
    expect(statusOf(received)).toBe(status);
    expect(received.toLowerCase()).toContain("x-content-type-options: nosniff\r\n");
    if (status === 405) expect(received.toLowerCase()).toContain("allow: get, head, post");
  });

  test("a refusal to a program has the reference by which its line in the log is found (P3)", async () => {
    await start(never);
    const { received } = await open("GET /api/v1/clients/heartbeat HTTP/1.1\r\nHost: a\r\n\r\n").over;
    const [, reference = "none"] = /^x-request-id: (\S+)/im.exec(received) ?? [];
    expect(received).toContain(`"requestId":"${reference}"`);
  });

  test("Expect: 100-continue and a second request in the same packet are answered", async () => {
    await start(hello);
    const waiting = open(`${get}Connection: close\r\nExpect: 100-continue\r\n\r\n`);
    expect((await waiting.over).received).toContain("hello");
    const both = await open(`${get}\r\n${get}Connection: close\r\n\r\n`).over;
    expect(both.received.match(/hello/g)).toHaveLength(2);
  });

  test("the socket's address replaces the one that a client claimed", async () => {
    await start((request, response) => response.end(`from ${request.headers["x-gatehouse-peer"]}`));
    const { received } = await open(`${get}Connection: close\r\nX-Gatehouse-Peer: 192.0.2.1\r\n\r\n`).over;
    expect(received).toContain("from 127.0.0.1");
  });
});

describe("how many at once", () => {
  test("beyond the number per address, and again when one has gone", async () => {
    await start(never, { limits: { ...limits, perAddress: 3, headers: 60_000, request: 60_000 } });
    const first = [open(), open(), open()];
    await vi.waitFor(async () => expect(await openConnections()).toBe(3));
    await open().over;
    expect(refused).toEqual(["address full"]);
    first[0]?.socket.destroy();
    await vi.waitFor(async () => expect(await openConnections()).toBe(2));
    const next = open();
    await vi.waitFor(async () => expect(await openConnections()).toBe(3));
    expect(refused).toHaveLength(1);
    next.socket.destroy();
  });

  test("a proxy is exempt from the number per address, and not from the number in all", async () => {
    await start(never, {
      trusted: ["127.0.0.1"],
      limits: { ...limits, perAddress: 1, inAll: 4, headers: 60_000, request: 60_000 },
    });
    for (let turn = 0; turn < 4; turn++) open();
    await vi.waitFor(async () => expect(await openConnections()).toBe(4));
    await open().over;
    expect(refused).toEqual(["server full"]);
  });

  test("when the process ends, who has not asked is closed, and who waits is not", async () => {
    const guard = await start(never, { limits: { ...limits, headers: 60_000, request: 60_000 } });
    const idle = open("GET /");
    const waiting = open(`${get}\r\n`);
    await once(server, "request");
    await vi.waitFor(async () => expect(await openConnections()).toBe(2));
    guard.closeUnasked();
    await idle.over;
    expect(await openConnections()).toBe(1);
    waiting.socket.destroy();
  });

  test("when the server closes, a connection that asks again and again is closed with its next answer", async () => {
    await start(answerSlowly(50));
    const busy = open(`${get}\r\n`);
    await once(server, "request");
    const closed = new Promise((resolve) => server.close(resolve));
    busy.socket.write(`${get}\r\n`);
    const { received } = await busy.over;
    await closed;
    expect(received.match(/^connection: \S+/gim)).toEqual(["Connection: keep-alive", "Connection: close"]);
    expect(received.match(/two/g)).toHaveLength(2);
  });
});
