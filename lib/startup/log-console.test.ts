import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { followAction, markAdmitted, markBegun } from "@/lib/http/action-progress";
import { log } from "@/lib/platform/log";
import { logConsole } from "@/lib/startup/log-console";

const printing = { error: console.error, warn: console.warn };
let told: unknown[][] = [];

beforeEach(() => {
  told = [];
  for (const level of ["error", "warn"] as const)
    vi.spyOn(log, level).mockImplementation((...line: unknown[]) => void told.push([level, ...line]));
  logConsole();
});

afterEach(() => {
  Object.assign(console, printing);
  vi.restoreAllMocks();
});

test("an error is logged by its name, digest and place", () => {
  const fault = Object.assign(new TypeError("x is not a function\nsecond"), { digest: "123" });
  console.error("\u001b[31m\u001b[1m⨯\u001b[22m\u001b[39m", fault);
  expect(told).toEqual([
    [
      "error",
      {
        fault: {
          name: "TypeError",
          message: "x is not a function",
          stack: expect.arrayContaining([expect.stringContaining("log-console.test.ts")]),
        },
        digest: "123",
      },
      "printed",
    ],
  ]);
});

test("an error that quotes what was sent is logged without it", () => {
  for (const sent of ['hello "there"', '{"a":1}\n    at fake (file.js:1:1)\nx'])
    try {
      JSON.parse(`${sent}]`);
    } catch (fault) {
      console.error(fault);
    }
  try {
    decodeURIComponent("%hello");
  } catch (fault) {
    console.error(fault);
  }
  expect(told).toHaveLength(3);
  expect(JSON.stringify(told)).not.toMatch(/hello|fake|file\.js/);
  expect(told[0]?.[1]).toMatchObject({ fault: { name: "SyntaxError" } });
});

test.each([
  ["⨯ Failed to handle request for /invite/secret?a=b", "Failed to handle request for"],
  ["⨯ uncaughtException: Error: hello", "uncaughtException"],
  ["`x-forwarded-host` header with value `hello` does not match", undefined],
  ['Invalid dpl query param: /x?dpl=hello, expected: "a"', "Invalid dpl query param"],
  ["two\nlines", "two"],
])("of the text %j only %j is told", (printed, text) => {
  console.warn(printed);
  expect(told).toEqual([["warn", text ? { text } : {}, "printed"]]);
});

test("a client that leaves before its request is whole is logged as that, and as no fault", async () => {
  const info = vi.spyOn(log, "info").mockImplementation(() => {});
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const sent = request({ port, method: "POST", headers: { "content-length": 9 } }).on("error", () => {});
  sent.write("half");
  const [asked] = await once(server, "request");
  asked.once("data", () => sent.destroy());
  const [error] = await once(asked, "error");
  console.error("⨯", error);
  server.close();
  expect(told).toEqual([]);
  expect(info).toHaveBeenCalledWith({}, "client left before its request was whole");
});

test("what is printed of an action's body that cannot be read is counted, with its address, and not logged", async () => {
  const counted: string[] = [];
  const server = createServer((request, response) =>
    followAction(
      request,
      response,
      () => {
        markAdmitted();
        if (request.url === "/begun") markBegun();
        console.error("⨯", new SyntaxError("hello"));
        response.statusCode = 500;
        return Boolean(response.end());
      },
      (address) => counted.push(address),
    ),
  ).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const headers = { "next-action": "a" };
  for (const path of ["/unread", "/begun"]) await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", headers });
  server.close();
  expect(counted).toEqual(["127.0.0.1"]);
  expect(told).toEqual([["error", { fault: expect.objectContaining({ name: "SyntaxError" }) }, "printed"]]);
});
