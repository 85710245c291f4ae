import NextAuth from "next-auth";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createDb } from "@/db/client";
import { newId } from "@/db/columns";
import { cookieName, encryptSessionId } from "@/lib/auth/cookie";
import { log } from "@/lib/platform/log";
import { authOptions } from "@/lib/sign-in/next-auth";
import { rolledBack } from "@/lib/testing/database";
import { takeForOwn } from "@/lib/testing/process-database";

const source = { address: "10.20.4.31", agent: null, requestId: "req-1" };
let failures: unknown[] = [];

beforeEach(() => {
  failures = [];
  vi.spyOn(log, "error").mockImplementation(() => {});
  for (const way of ["error", "warn", "log"] as const) vi.spyOn(console, way).mockImplementation(() => {});
});

afterEach(() => {
  for (const way of ["error", "warn", "log"] as const) expect(console[way]).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

const options = () => authOptions(source, (error) => failures.push(error));

type Asked = { cookies?: Record<string, string>; body?: Record<string, unknown> };

/** Asks as a handler of Next's pages does, which needs no server around it. */
async function ask(method: string, action: string, { cookies = {}, body }: Asked = {}) {
  const sent: { status: number; body: unknown; headers: Record<string, unknown> } = {
    status: 200,
    body: null,
    headers: {},
  };
  const response = {
    status: (status: number) => Object.assign(sent, { status }) && response,
    setHeader: (name: string, value: unknown) => Object.assign(sent.headers, { [name]: value }) && response,
    getHeader: (name: string) => sent.headers[name],
    send: (given: unknown) => Object.assign(sent, { body: given }),
    json: (given: unknown) => Object.assign(sent, { body: given }),
    end: () => {},
  };
  const request = { method, query: { nextauth: [action] }, headers: { host: "localhost:3000" }, cookies, body };
  await NextAuth(request as never, response as never, options());
  return sent;
}

/** Posts to sign out with the proof that the post is a page's own. */
async function signOut(cookie: string) {
  const { body, headers } = await ask("GET", "csrf");
  const { csrfToken } = body as { csrfToken: string };
  const pairs = (headers["Set-Cookie"] as string[]).map((line) => line.split(";")[0]?.split("=") ?? []);
  const proof = Object.fromEntries(pairs.map(([name, value = ""]) => [name, decodeURIComponent(value)]));
  return ask("POST", "signout", { cookies: { ...proof, [cookieName()]: cookie }, body: { csrfToken } });
}

describe("a cookie that is not ours, or whose session is over, is no error", () => {
  test.each(["garbage", "a.b.c.d.e", ""])("%j at the session", async (cookie) => {
    const answer = await ask("GET", "session", { cookies: { [cookieName()]: cookie } });
    expect([answer.status, answer.body]).toEqual([200, {}]);
    expect(log.error).not.toHaveBeenCalled();
  });

  test("at the sign-out", () =>
    rolledBack(async (tx) => {
      takeForOwn(tx);
      for (const cookie of ["garbage", await encryptSessionId(newId())]) {
        const forgotten = expect.stringMatching(/^gatehouse=;/);
        expect((await signOut(cookie)).headers["Set-Cookie"]).toContainEqual(forgotten);
        expect(failures).toEqual([]);
      }
      expect(log.error).not.toHaveBeenCalled();
    }));
});

test("a session that could not be ended is reported to the route, and nothing of it to the console", async () => {
  takeForOwn(createDb("postgres://127.0.0.1:1/unused", { patience: 100 }));
  await signOut(await encryptSessionId(newId()));
  expect(failures).toHaveLength(1);
});

test("what next-auth reports is one line with its code and place, without a statement or its parameters", () => {
  const cause = Object.assign(new Error("duplicate"), { code: "23505", constraint_name: "users_username" });
  const fault = new Error("Failed query: insert into events\nparams: salt", { cause });
  options().logger?.error?.("ADAPTER_ERROR", { error: fault });
  options().logger?.error?.("OTHER_ERROR", fault);
  const told = { name: "PostgresError", code: "23505", constraint: "users_username" };
  expect(log.error).toHaveBeenNthCalledWith(1, { code: "ADAPTER_ERROR", fault: told }, "next-auth");
  expect(log.error).toHaveBeenNthCalledWith(2, { code: "OTHER_ERROR", fault: told }, "next-auth");
});

test("its warnings and details are nobody's", async () => {
  options().logger?.warn?.("NEXTAUTH_URL");
  options().logger?.debug?.("A", { password: "secret" });
  expect(log.error).not.toHaveBeenCalled();
});
