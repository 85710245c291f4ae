import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { refusal } from "@/lib/http/action";
import { problemDetails } from "@/lib/http/problem-details";
import { replaceFailure } from "@/lib/http/unavailable-answers";
import { isUnwritable, unavailableOf, unreachable, unwritable } from "@/lib/platform/unavailable";
import { rolledBack } from "@/lib/testing/database";

const wrapped = (code: string, more = {}) =>
  new Error("a statement", { cause: Object.assign(new Error("of the driver"), { code, ...more }) });

describe("what the database could not do", () => {
  test.each([
    ["DATABASE_UNAVAILABLE", "database-unavailable"],
    ["53300", "database-unavailable"],
    ["53200", "database-unavailable"],
    ["57P01", "database-unavailable"],
    ["57P03", "database-unavailable"],
    ["08006", "database-unavailable"],
    ["57014", "database-late"],
    ["53100", "not-writable"],
    ["25006", "not-writable"],
  ])("%s is told as %s, with 503 and when to come back", async (code, kind) => {
    const response = problemDetails(wrapped(code), "r-1");
    expect(response.status).toBe(503);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect((await response.json()).type).toBe(`urn:gatehouse:problem:${kind}`);
    expect(refusal(wrapped(code), "r-1")).toMatchObject({ ok: false, code: "unavailable" });
  });

  test("leaves open whether it was stored where that is open", () => {
    expect(unavailableOf(wrapped("DATABASE_UNAVAILABLE", { unknown: true }))?.message).toContain("may have been saved");
    expect(unavailableOf(wrapped("DATABASE_UNAVAILABLE", { unknown: false }))?.message).toBe(unreachable);
  });

  test.each(["ECONNREFUSED", "23505", "40P01", "42601"])("%s is something else, such as a mail server's", (code) => {
    expect(unavailableOf(wrapped(code))).toBeNull();
  });

  test.each([
    ["set local transaction_read_only = on", "create table nothing (one int)"],
    ["select 1", "do $$ begin raise exception 'No space left on device' using errcode = '53100'; end $$"],
  ])("is told by PostgreSQL when nothing can be stored: %s", async (first, then) => {
    await rolledBack(async (tx) => {
      await tx
        .transaction(async (inner) => {
          await inner.execute(sql.raw(first));
          await inner.execute(sql.raw(then));
        })
        .catch((error) => {
          expect(isUnwritable(error)).toBe(true);
          expect(refusal(error, null)).toMatchObject({ code: "unavailable", message: unwritable });
        });
      throw new Error("reached");
    }).catch((error) => expect(error.message).toBe("reached"));
  });
});

describe("a request that failed because the database did", () => {
  const lost = new AppError("unavailable", unreachable, {
    retryAfter: 5,
    details: { problem: "database-unavailable" },
  });

  async function ask(status: number, path: string, headers: Record<string, string>, fault: AppError | null) {
    const server = http.createServer((request, response) => {
      replaceFailure(request, response, () => fault);
      response.statusCode = status;
      response.setHeader("content-type", "text/html");
      response.setHeader("content-length", 9);
      response.write("what Next");
      response.end();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      const { port } = server.address() as AddressInfo;
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
      return { answer, body: await answer.text() };
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  test("shows a page of ours to people", async () => {
    const { answer, body } = await ask(500, "/sign-in", { accept: "text/html,*/*" }, lost);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(body).toContain(unreachable);
    expect(body).not.toContain("Next");
    expect(body).not.toMatch(/<style|<script/);
  });

  test("is a problem to programs", async () => {
    const { answer, body } = await ask(500, "/api/v1/clients/register", { accept: "*/*" }, lost);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([503, "application/problem+json"]);
    expect(JSON.parse(body)).toMatchObject({ type: "urn:gatehouse:problem:database-unavailable", status: 503 });
  });

  test("is a sentence to a soft navigation, which then loads the page", async () => {
    const { answer, body } = await ask(500, "/admin", { accept: "text/html", rsc: "1" }, lost);
    expect([answer.status, body]).toEqual([503, `${unreachable}\n`]);
  });

  test.each([
    [200, lost],
    [404, lost],
    [500, null],
  ])("leaves %i alone where that is no failure of the database", async (status, fault) => {
    const { answer, body } = await ask(status, "/", { accept: "text/html" }, fault);
    expect([answer.status, body]).toEqual([status, "what Next"]);
  });
});
