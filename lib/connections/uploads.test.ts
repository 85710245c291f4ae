import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { gateUpload } from "@/lib/connections/uploads";

const path = "/account/picture";

let server: Server;
let port: number;
let inside: { asked: IncomingMessage; response: ServerResponse }[] = [];

/** Everybody is whom their cookie says; who comes in is answered by the test. */
beforeEach(async () => {
  inside = [];
  server = createServer((asked, response) =>
    gateUpload(asked, response, () => inside.push({ asked, response }) > 0, {
      personOf: async ({ headers }) => headers.cookie || null,
      hold: async () => {},
    }),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as { port: number }).port;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

const entered = (count: number) => vi.waitFor(() => expect(inside).toHaveLength(count));

/** Asks with headers alone, unless a body is given: what is announced of it may come later, or never. */
function ask(
  cookie: string,
  { length = 5_000_000, to = path, body }: { length?: number; to?: string; body?: Buffer } = {},
) {
  const headers = { cookie, "content-length": length };
  const asked = request({ host: "127.0.0.1", port, method: "POST", path: to, headers });
  const answer = new Promise<{ status: number; headers: IncomingMessage["headers"]; text: string }>(
    (resolve, reject) => {
      asked.on("error", reject);
      asked.on("response", async (came) => {
        let text = "";
        for await (const part of came) text += part;
        resolve({ status: came.statusCode ?? 0, headers: came.headers, text });
      });
    },
  );
  // At the end of a test the server closes the open connections.
  answer.catch(() => {});
  asked.flushHeaders();
  if (body) asked.end(body);
  return { answer, leave: () => asked.destroy() };
}

test("a second of one person is refused before its body has come, with a sentence and when to try again", async () => {
  const first = ask("eve");
  await entered(1);
  const second = await ask("eve").answer;
  expect(second).toMatchObject({ status: 429, headers: { "retry-after": "5", "cache-control": "no-store" } });
  expect(JSON.parse(second.text)).toMatchObject({
    ok: false,
    code: "rate_limited",
    message: expect.stringContaining("being saved"),
  });
  expect(inside[0]?.asked.readableFlowing).toBeNull();
  ask("lee");
  await entered(2);
  inside[0]?.response.end("done");
  expect((await first.answer).text).toBe("done");
  ask("eve");
  await entered(3);
});

test("a body that is on its way is let run out, so that the refusal arrives", async () => {
  ask("eve");
  await entered(1);
  const body = Buffer.alloc(5_000_000);
  const refused = await ask("eve", { body, length: body.byteLength }).answer;
  expect(refused.status).toBe(429);
});

test("who leaves gives the place back", async () => {
  const first = ask("eve");
  await entered(1);
  first.leave();
  await vi.waitFor(async () => {
    ask("eve");
    await entered(2);
  });
});

test("beyond eight of everybody the next is refused", async () => {
  for (let nth = 1; nth <= 8; nth++) {
    ask(`person ${nth}`);
    await entered(nth);
  }
  const ninth = await ask("person 9").answer;
  expect(ninth).toMatchObject({ status: 429, text: expect.stringContaining("The server is busy") });
});

test("who is not signed in sends no more than to any other address", async () => {
  expect(await ask("", { length: 1_048_577 }).answer).toMatchObject({
    status: 401,
    text: expect.stringContaining("unauthenticated"),
  });
  ask("", { length: 1_048_576 });
  await entered(1);
});

test.each(["/%61ccount/picture", "/account%2Fpicture", "http://h/account/picture", "HTTPS://h/account/%70icture?a"])(
  "%s is the same doorway",
  async (to) => {
    expect(await ask("", { to }).answer).toMatchObject({ status: 401 });
  },
);

test("other addresses are not affected", async () => {
  for (const [nth, to] of ["/account/pictures", "/account", "/pictures/x/y?/account/picture"].entries()) {
    ask("eve", { to });
    ask("eve", { to });
    await entered(2 * nth + 2);
  }
});
