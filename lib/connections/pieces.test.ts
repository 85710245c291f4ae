import { once } from "node:events";
import { createServer, request, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { gzip } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { receive } from "@/lib/connections/install";

let server: Server;
let port: number;
let read = 0;

/** As Next compresses: what is answered is sent some time after it was said. */
function endLater(response: ServerResponse): void {
  const { end } = response;
  response.end = ((body: string) => {
    gzip(Buffer.alloc(16 * 1024 * 1024), () => end.call(response, body, "utf8"));
    return response;
  }) as typeof end;
}

/** Counts what a route is handed, and answers once all of it has come. */
beforeEach(async () => {
  read = 0;
  server = createServer((asked, response) => {
    if (asked.headers["accept-encoding"]) endLater(response);
    return receive(asked, response, () => {
      asked.on("error", () => {});
      asked.on("data", (piece) => {
        read += piece.length;
        if (asked.url === "/api/auth/early" && !response.headersSent) response.writeHead(413).end("enough");
      });
      asked.on("end", () => response.headersSent || response.end("whole"));
      return true;
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as { port: number }).port;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

/** Sends so many pieces of 64 kB, and no more once it is refused. */
async function send(
  count: number,
  headers = {},
  path = "/api/auth/other",
): Promise<{ status: number | undefined; text: string }> {
  const asked = request({ host: "127.0.0.1", port, method: "POST", path, headers });
  asked.on("error", () => {});
  const answered = once(asked, "response");
  Readable.from(Array.from({ length: count }, () => Buffer.alloc(64 * 1024, "a"))).pipe(asked);
  const [answer] = await answered;
  let text = "";
  for await (const piece of answer) text += piece;
  asked.destroy();
  return { status: answer.statusCode, text };
}

test("a body in pieces of a megabyte together comes whole", async () => {
  expect(await send(16)).toEqual({ status: 200, text: "whole" });
  expect(read).toBe(1_048_576);
});

test("one that is longer is refused while it is sent, and nothing beyond is handed on", async () => {
  const { status, text } = await send(200);
  expect(status).toBe(413);
  expect(JSON.parse(text)).toMatchObject({ type: "urn:gatehouse:problem:body-too-large" });
  expect(read).toBeLessThanOrEqual(1_048_576);
});

test("one that gives its length is left to the code that reads the length", async () => {
  expect(await send(32, { "content-length": 32 * 64 * 1024 })).toEqual({ status: 200, text: "whole" });
});

test.each([
  ["/api/auth/early", "enough"],
  ["/oauth/token", null],
])("%s: each of many that are too long gets its answer, also on a connection that was kept", async (path, told) => {
  for (let round = 0; round < 20; round++) {
    const body = new Blob([Buffer.alloc(2 * 1024 * 1024, "a")]).stream();
    const sent = { method: "POST", body, duplex: "half" } as RequestInit;
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, sent);
    const text = await answer.text();
    expect([round, answer.status, told === null || text === told]).toEqual([round, 413, true]);
  }
});

test("one that is answered before Next is refused in the same way", async () => {
  const { status, text } = await send(32, {}, "/oauth/token");
  expect([status, JSON.parse(text).error]).toEqual([413, "invalid_request"]);
  expect(read).toBe(0);
});
