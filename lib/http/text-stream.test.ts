import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createShare } from "@/lib/capacity/share";
import { AppError } from "@/lib/errors";
import { withAnswer } from "@/lib/http/answered";
import { streamIn } from "@/lib/http/text-stream";

const share = createShare("stream test", { each: 1, busy: "One of yours is running." });
const isFree = () => {
  try {
    share.take("eve")();
    return true;
  } catch {
    return false;
  }
};
const freed = () => vi.waitFor(() => expect(isFree()).toBe(true));

let server: Server;

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** A server that sends these pieces to everybody in eve's one place, as Next does: HEAD requests and readers who have gone get no body. */
async function serve(begin: () => Promise<AsyncGenerator<string>>) {
  async function handle(asked: IncomingMessage, response: ServerResponse) {
    try {
      const body = await streamIn(share.take("eve"), begin);
      if (response.destroyed) return;
      response.writeHead(200);
      if (asked.method === "HEAD") response.end();
      else await pipeline(Readable.fromWeb(body as never), response).catch(() => {});
    } catch (error) {
      response.writeHead(error instanceof AppError ? 429 : 500).end();
    }
  }
  server = createServer((asked, response) => void withAnswer(response, () => handle(asked, response)));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return `http://127.0.0.1:${port}/`;
}

async function* two() {
  yield "one ";
  yield "two";
}

/** Never comes to its end by itself. */
function endless() {
  const seen = { ended: false };
  async function* pieces() {
    try {
      for (;;) yield "x".repeat(65_536);
    } finally {
      seen.ended = true;
    }
  }
  return { seen, pieces };
}

/** Begins when it is started. */
function later() {
  let go = () => {};
  const told = new Promise<void>((resolve) => {
    go = resolve;
  });
  return { told, go: () => go() };
}

describe("a place is held while a body is sent, and given back", () => {
  test("when it has been sent whole", async () => {
    const address = await serve(async () => two());
    expect(await (await fetch(address)).text()).toBe("one two");
    await freed();
  });

  test("when the client breaks it off: until then it is held, and reading has ended by then", async () => {
    const { pieces, seen } = endless();
    const address = await serve(async () => pieces());
    const asked = request(address);
    asked.on("error", () => {}).end();
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    await once(answer, "readable");
    expect(isFree()).toBe(false);
    expect((await fetch(address)).status).toBe(429);
    answer.destroy();
    await freed();
    expect(seen.ended).toBe(true);
  });

  test("when it fails half-way", async () => {
    async function* torn(): AsyncGenerator<string> {
      yield "one";
      throw new Error("torn");
    }
    const address = await serve(async () => torn());
    await expect(fetch(address).then((answer) => answer.text())).rejects.toThrow();
    await freed();
  });

  test("when it is refused before it begins", async () => {
    const address = await serve(async () => {
      throw new Error("refused");
    });
    expect((await fetch(address)).status).toBe(500);
    await freed();
  });

  test("when nobody reads it, as with HEAD", async () => {
    const { pieces } = endless();
    const address = await serve(async () => pieces());
    expect((await fetch(address, { method: "HEAD" })).status).toBe(200);
    await freed();
  });

  test("when the client has gone before it begins: not before that work has ended", async () => {
    const [{ pieces }, start] = [endless(), later()];
    const address = await serve(async () => {
      await start.told;
      return pieces();
    });
    const arrived = once(server, "request") as Promise<[IncomingMessage, ServerResponse]>;
    const asked = request(address);
    asked.on("error", () => {}).end();
    const [, response] = await arrived;
    asked.destroy();
    await once(response, "close");
    expect(isFree()).toBe(false);
    start.go();
    await freed();
  });
});
