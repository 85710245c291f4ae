import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type RequestListener, request } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { compressAnswer } from "@/lib/connections/compressed-answer";

type Received = { status: number; headers: IncomingHttpHeaders; pieces: Buffer[] };

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer((asked, response) => {
    compressAnswer(asked, response);
    listener(asked, response);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** `onPiece` is awaited between pieces, as by a reader that is slow. */
const ask = (port: number, headers: Record<string, string> = {}, method = "GET", onPiece?: () => Promise<unknown>) =>
  new Promise<Received>((resolve, reject) => {
    const asked = request({ port, host: "127.0.0.1", method, headers, agent: false }, async (answer) => {
      const pieces: Buffer[] = [];
      for await (const piece of answer) {
        pieces.push(piece);
        await onPiece?.();
      }
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, pieces });
    });
    asked.on("error", reject).end();
  });

const gzip = { "accept-encoding": "gzip, deflate" };
const html = "text/html; charset=utf-8";
const textOf = ({ headers, pieces }: Received) => {
  const bytes = Buffer.concat(pieces);
  return (headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes).toString();
};

test("a page that is written within a few turns is sent as one", async () => {
  const port = await serve(async (_, response) => {
    response.setHeader("content-type", html);
    response.setHeader("vary", "rsc");
    response.flushHeaders();
    for (let piece = 0; piece < 6; piece += 1) {
      response.write(`${piece}`.repeat(2_000));
      if (piece % 2) await turn();
    }
    response.end();
  });
  const found = await ask(port, gzip);
  expect(textOf(found)).toBe([0, 1, 2, 3, 4, 5].map((piece) => `${piece}`.repeat(2_000)).join(""));
  expect(found.headers).toMatchObject({
    "content-encoding": "gzip",
    "content-length": String(Buffer.concat(found.pieces).length),
    vary: "rsc, Accept-Encoding",
  });
});

test("what comes later is sent as it comes", async () => {
  let release = () => {};
  const port = await serve(async (_, response) => {
    response.setHeader("content-type", html);
    response.write("first ");
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    response.write("second ");
    for (let turns = 0; turns < 20; turns += 1) await turn();
    response.end("third");
  });
  for (const headers of [gzip, {}]) {
    const found = await ask(port, headers, "GET", async () => release());
    expect(textOf(found)).toBe("first second third");
    expect(found.pieces.length).toBeGreaterThan(1);
  }
});

test("a writer faster than the reader is asked to wait, and then to continue", async () => {
  const piece = Buffer.alloc(50_000, "ab");
  let waited = 0;
  const port = await serve(async (asked, response) => {
    response.setHeader("content-type", asked.headers["x-type"] as string);
    for (let sent = 0; sent < 400; sent += 1) {
      if (response.write(piece)) continue;
      waited += 1;
      await once(response, "drain");
    }
    response.end();
  });
  for (const type of ["text/csv", "image/webp"]) {
    waited = 0;
    const found = await ask(port, { ...gzip, "x-type": type }, "GET", () => turn());
    expect(textOf(found).length).toBe(400 * piece.length);
    expect(waited).toBeGreaterThan(10);
  }
});

type Told = { type?: string; body?: string; encoding?: string; cache?: string };

test.each<[string, Told, Record<string, string>]>([
  ["a picture", { type: "image/webp" }, gzip],
  ["a few bytes", { body: "{}" }, gzip],
  ["what is compressed", { encoding: "br" }, gzip],
  ["what must stay as it is", { cache: "private, no-transform" }, gzip],
  ["for a reader without gzip", {}, { "accept-encoding": "br" }],
  ["for a reader that refuses gzip", {}, { "accept-encoding": "gzip;q=0, br" }],
])("%s is not compressed", async (_, { type = html, body = "a".repeat(5_000), encoding = "", cache = "" }, headers) => {
  const port = await serve((_, response) => {
    response.setHeader("content-type", type);
    if (encoding) response.setHeader("content-encoding", encoding);
    if (cache) response.setHeader("cache-control", cache);
    response.end(body);
  });
  const found = await ask(port, headers);
  expect(found.headers["content-encoding"]).toBe(encoding || undefined);
  expect(found.headers["content-length"]).toBe(String(body.length));
  expect(Buffer.concat(found.pieces).toString()).toBe(body);
  expect(found.headers.vary).toBe(type === html ? "Accept-Encoding" : undefined);
});

test("an answer without a body, one to HEAD, and one whose head was written stay as they are", async () => {
  const port = await serve((asked, response) => {
    if (asked.method === "HEAD") return void response.setHeader("content-type", html).end();
    response.writeHead(304, { etag: "a" });
    response.end();
  });
  expect((await ask(port, gzip, "HEAD")).headers["content-encoding"]).toBeUndefined();
  expect(await ask(port, gzip)).toMatchObject({ status: 304, pieces: [] });
});

test("a reader that goes away ends what is written for it", async () => {
  let over = () => {};
  const closed = new Promise<void>((resolve) => {
    over = resolve;
  });
  const port = await serve(async (_, response) => {
    response.once("close", over);
    response.setHeader("content-type", html);
    while (!response.destroyed) {
      response.write("a".repeat(10_000));
      await turn();
    }
    response.end();
  });
  const asked = request({ port, host: "127.0.0.1", headers: gzip, agent: false }, (answer) =>
    answer.once("data", () => asked.destroy()),
  );
  asked.on("error", () => {}).end();
  await closed;
});
