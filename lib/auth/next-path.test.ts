import { describe, expect, test } from "vitest";
import { type Random, randomFrom } from "@/db/seed/random";
import { ownAddress, ownPath, withNext } from "@/lib/auth/next-path";
import { publicUrl } from "@/lib/platform/env";

const { origin } = publicUrl();

describe("S11: where to go after signing in", () => {
  test.each([
    ["/", "/"],
    ["/account#top", "/account#top"],
    ["/admin/users?q=zoë&after=a%2Fb", "/admin/users?q=zo%C3%AB&after=a%2Fb"],
    ["/admin/../account", "/account"],
    [`${origin}/admin/users?view=archived#top`, "/admin/users?view=archived#top"],
    [origin, "/"],
  ])("%s is a path of ours", (wished, path) => {
    expect(ownPath(wished)).toBe(path);
    expect(ownAddress(wished)).toBe(path);
  });

  test.each([
    "",
    "admin",
    "//elsewhere.example",
    "/\\elsewhere.example",
    "/a\\b",
    "/.//elsewhere.example",
    "/a/..//elsewhere.example",
    "/%2e//elsewhere.example",
    "/%2felsewhere.example",
    "/a/%5c..",
    "https://elsewhere.example",
    "https:elsewhere.example",
    `${origin}.elsewhere.example/`,
    `${origin}@elsewhere.example/`,
    origin.replace("3000", "3001"),
    origin.replace("http:", "https:"),
    "javascript:alert(1)",
    "data:text/html,a",
    "/\t/elsewhere.example",
    "/a\nb",
    "/\0",
    `/${"a".repeat(2_001)}`,
    `/${"é".repeat(1_000)}`,
    null,
    undefined,
    7,
    ["/admin"],
  ])("%j is none", (wished) => {
    expect(ownPath(wished)).toBe("/");
    expect(ownAddress(wished)).toBeNull();
  });

  /** What is between a redirect and the browser may resolve, decode or tidy a path: no result leaves this site. */
  const readings: [string, (path: string) => string][] = [
    ["as it is", (path) => path],
    ["resolved once before", (path) => new URL(path, origin).href],
    ["resolved and cut to its path", (path) => pathOf(new URL(path, origin))],
    ["with its path decoded", (path) => decodePath(path)],
    ["with backslashes turned and slashes made one", (path) => path.replace(/\\/g, "/").replace(/\/\/+/g, "/")],
    ["with dots taken out as in a file's path", (path) => path.replace(/\/\.(?=\/)/g, "")],
  ];
  const pathOf = ({ pathname, search, hash }: URL) => pathname + search + hash;
  const decodePath = (path: string) => {
    const [, start = "", rest = ""] = /^([^?#]*)(.*)$/s.exec(path) ?? [];
    return decoded(start) + rest;
  };
  const decoded = (text: string) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };

  test("leads nowhere else, however the wish is made up", () => {
    const seed = 20_261_129;
    const random = randomFrom(seed);
    let kept = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const wished = generated(random);
      const path = ownPath(wished);
      if (path !== "/") kept += 1;
      for (const [how, read] of readings) {
        const away = new URL(read(path), `${origin}/sign-in`).origin !== origin;
        if (away) throw new Error(`${JSON.stringify(wished)} leads away ${how}: ${path} (seed ${seed})`);
      }
      expect(path.startsWith("/")).toBe(true);
      expect(ownPath(path)).toBe(path);
    }
    expect(kept).toBeGreaterThan(500);
  });
});

const pieces = [
  ..."//////..\\\\@:?#;&=%~ abz",
  ...[
    "..",
    "/..",
    "/.",
    "//",
    "/./",
    "/../",
    "\\/",
    "/\\",
    "%2e",
    "%2E%2e",
    "%2f",
    "%2F",
    "%5c",
    "%09",
    "%0a",
    "%00",
    "%25",
    "%252f",
  ],
  ...["\t", "\n", "\r", "\0", "\x1b", "\u00a0", "\u2028", "\u3002", "\uff0f", "\ufeff", "\ud800", "é"],
  ...["elsewhere.example", "user@elsewhere.example", ":80", ":3000", ":3001", "localhost", "127.0.0.1", "[::1]"],
  ...["http:", "https:", "HTTP://", "javascript:", "data:", "file:", origin, `${origin}/`, "admin", "account", "next="],
];

function generated(random: Random): string {
  const made = Array.from({ length: random.between(1, 9) }, () => random.pick(pieces)).join("");
  return random.chance(0.6) ? `/${made}` : made;
}

test("the next path is carried only when there is one", () => {
  expect(withNext("/new-password", "/")).toBe("/new-password");
  expect(withNext("/new-password", "/admin?q=a")).toBe("/new-password?next=%2Fadmin%3Fq%3Da");
  expect(withNext("/sign-in?done=email", "/account")).toBe("/sign-in?done=email&next=%2Faccount");
});
