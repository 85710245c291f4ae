import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { parseUrl } from "next/dist/shared/lib/router/utils/parse-url";
import { NextRequest } from "next/server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { receive } from "@/lib/connections/install";
import { originForm, pathOf } from "@/lib/http/target";
import { log } from "@/lib/platform/log";

const prefixes = ["", "/", "/x", "/account", "/api/v1", "//", "http://h", "HTTP://h:1/account", "https://u@h/x"];
const middles = [
  "",
  "/",
  "/.",
  "/..",
  "/%2e",
  "/%2E%2e",
  "/.%2e/",
  "\\",
  "\\..",
  "/...",
  "/.x",
  "/%2e%2e%2f",
  "//",
  "#",
  "/;a=b",
];
const ends = [
  "",
  "/",
  "/account/picture",
  "/account/%70icture",
  "/a%22b",
  '/a"b|c',
  "?a=/../b\\c",
  "?",
  "#a",
  "/..",
  "/%2e",
];
const spellings = prefixes.flatMap((first) => middles.flatMap((then) => ends.map((last) => first + then + last)));

describe("the path of a request target", () => {
  test("is what Next reads, over every spelling that is not refused", () => {
    const taken = spellings.filter((target) => originForm(target) !== null);
    expect(taken.length).toBeGreaterThan(spellings.length / 4);
    for (const target of taken) {
      const form = originForm(target) ?? "";
      const read = [parseUrl(form).pathname, new NextRequest(`http://n${form}`).nextUrl.pathname];
      expect([target, read.map((path) => path.replace(/%2f/gi, "/"))]).toEqual([
        target,
        [pathOf(target), pathOf(target)],
      ]);
      expect([target, originForm(form)]).toEqual([target, form]);
    }
  });

  test("keeps every escape that means something", () => {
    const all = Array.from({ length: 256 }, (_, code) => `%${code.toString(16).padStart(2, "0")}`);
    const undone = all.filter((code) => originForm(`/x${code}`) !== `/x${code}`);
    expect(undone.map((code) => decodeURIComponent(code)).join("")).toBe(
      "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~",
    );
    expect(originForm("/%2561?a=%61")).toBe("/%2561?a=%61");
  });

  test.each([
    ["/", "/"],
    ["/account/picture?size=256", "/account/picture"],
    ["/a?b=/../c\\d", "/a"],
    ["/...", "/..."],
    ["/..%2f..%2fetc", "/../../etc"],
    ["/%61ccount/%70icture", "/account/picture"],
    ["/account%2Fpicture", "/account/picture"],
    ["//account/picture", "//account/picture"],
    ["http://h", "/"],
    ["http://h?a", "/"],
    ["HTTPS://u:p@h:1/account/picture", "/account/picture"],
  ])("%s is %s", (target, path) => {
    expect(pathOf(target)).toBe(path);
  });

  test.each([
    "/x/../account/picture",
    "/account/./picture",
    "/account/picture/.",
    "/%2e%2E/account",
    "/.%2e/account",
    "/account\\picture",
    "/account/picture#a",
    "/a?b#c",
    "http://h/x/../account/picture",
    "*",
    "",
    "account/picture",
    "http:///account/picture",
    "ftp://h/account/picture",
    "/a\tb",
    "/a b",
  ])("%j is refused", (target) => {
    expect([originForm(target), pathOf(target)]).toEqual([null, null]);
  });
});

describe("a request with a target", () => {
  const inside: string[] = [];
  const lines: { path: string; status: number }[] = [];
  const told = log.info;
  const server = createServer((request, response) =>
    receive(request, response, () => Boolean(response.end(String(inside.push(request.url ?? ""))))),
  );

  beforeEach(async () => {
    inside.length = lines.length = 0;
    log.info = ((line: (typeof lines)[0]) => lines.push({ path: line.path, status: line.status })) as never;
    if (!server.listening) await once(server.listen(0, "127.0.0.1"), "listening");
  });

  afterEach(() => {
    log.info = told;
    server.closeAllConnections();
  });

  /** Written as it is: a client library would mend it first. Returns the whole answer. */
  async function ask(method: string, target: string): Promise<string> {
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    socket.write(`${method} ${target} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`);
    let text = "";
    for await (const part of socket) text += part;
    return text;
  }

  test("is in one spelling to everybody further in", async () => {
    expect(await ask("GET", "http://h/account?a=b")).toMatch(/^HTTP\/1.1 200 /);
    expect(await ask("GET", "/%61ccount?a=%61")).toMatch(/^HTTP\/1.1 200 /);
    expect(inside).toEqual(["/account?a=b", "/account?a=%61"]);
    expect(await ask("GET", "http://h/account/picture")).toMatch(/^HTTP\/1.1 405 [\s\S]*\r\nallow: POST\r\n/);
  });

  test.each(["/x/../account/picture", "/account/./picture", "/account/picture#", "/account\\picture", "*"])(
    "%s is refused before anybody sees it, with a sentence",
    async (target) => {
      const answer = await ask("POST", target);
      expect(answer).toMatch(/^HTTP\/1.1 400 [\s\S]*text\/plain[\s\S]*This address is malformed\.\n/);
      expect(inside).toEqual([]);
    },
  );

  test.each(["/api/v1/../x", "http://h/api/v1/%2e"])("%s is refused with a problem", async (target) => {
    const answer = await ask("GET", target);
    expect(answer).toMatch(
      /^HTTP\/1.1 400 [\s\S]*application\/problem\+json[\s\S]*urn:gatehouse:problem:malformed-address/,
    );
  });

  test.each([
    ["/_next/static/a.js", []],
    ["/api/health/live", []],
    ["/icon.svg", []],
    ["/_next/static/../../account/data", [{ path: "/_next/static/../../account/data", status: 400 }]],
    ["http://h/_next/static/%2e%2e/x?a=b", [{ path: "http://h/_next/static/%2e%2e/x", status: 400 }]],
    ["/api/healthz", [{ path: "/api/healthz", status: 200 }]],
    ["/icon.svgs", [{ path: "/icon.svgs", status: 200 }]],
    ["http://h/account#a?b", [{ path: "http://h/account", status: 400 }]],
    ["http://h/account?b", [{ path: "/account", status: 200 }]],
  ])("%s leaves its line in the log, or none", async (target, expected) => {
    await ask("GET", target);
    expect(lines).toEqual(expected);
  });

  const token = "Abcdefghijklmnopqrstuvwxyz-0123456789_ABCDE";

  test.each([
    "/invite/T",
    "/reset-password/T?a=b",
    "/confirm-email/T/more",
    "/invite//T",
    "//invite/T",
    "/invite/x/T",
    "/invite/x/../T",
    "/x/../invite/T",
    "/./invite/T",
    "/%69nvite/T",
    "/invite%2fT",
    "/invite%252fT",
    "/invite\\T",
    "/Invite/T",
    "/inviteT",
    "http://h/invite/T",
    "http://h/x/%2e%2e/invite/T",
    "/_next/data/build/invite/T.json",
    "/nothing/T",
    "/_next/static/../../invite/T",
    "/%/invite/T",
  ])("%s leaves no token in the log", async (spelling) => {
    await ask("GET", spelling.replace("T", token));
    expect(lines).toHaveLength(1);
    expect(decodeURIComponent(lines[0]?.path.replaceAll(/%(?![0-9a-f]{2})/gi, "") ?? "")).not.toContain(
      token.slice(0, 8),
    );
  });
});
