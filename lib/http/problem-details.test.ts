import { describe, expect, test } from "vitest";
import { AppError, forbidden, invalidField } from "@/lib/errors";
import { BodyError } from "@/lib/http/json-body";
import { problemDetails } from "@/lib/http/problem-details";
import { answerRefusal } from "@/lib/http/refusal";

const read = async (response: Response) => ({ response, body: await response.json() });

describe("a refusal as RFC 9457 says it (P3)", () => {
  test("has its members and its media type", async () => {
    const { response, body } = await read(problemDetails(forbidden("You don't have permission."), "r-1"));
    expect(response.status).toBe(403);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(body).toEqual({
      type: "urn:gatehouse:problem:forbidden",
      title: "Forbidden",
      status: 403,
      detail: "You don't have permission.",
      requestId: "r-1",
    });
  });

  test("points at fields as RFC 6901 says", async () => {
    const error = new AppError("invalid", "Look again.", {
      fields: { "publicKey.x": "Wrong.", "a/b": "No.", form: "Odd." },
    });
    const { response, body } = await read(problemDetails(error, null));
    expect(response.status).toBe(400);
    expect(body.errors).toEqual([
      { pointer: "/publicKey/x", detail: "Wrong." },
      { pointer: "/a~1b", detail: "No." },
      { pointer: "", detail: "Odd." },
    ]);
  });

  test("names its cause, says when to come back, and asks for proof", async () => {
    const paused = new AppError("forbidden", "Paused.", { details: { problem: "paused" } });
    expect((await read(problemDetails(paused, null))).body.type).toBe("urn:gatehouse:problem:paused");
    const busy = problemDetails(new AppError("rate_limited", "Later.", { retryAfter: 7 }), null);
    expect([busy.status, busy.headers.get("retry-after")]).toEqual([429, "7"]);
    expect(problemDetails(new AppError("unauthenticated", "Who."), null).headers.get("www-authenticate")).toMatch(
      /^Bearer/,
    );
    expect((await read(problemDetails(invalidField("name", "Taken."), null))).body.errors).toHaveLength(1);
  });

  test.each([
    ["40P01", "Another change was saved"],
    ["23503", "deleted or used"],
  ])("tells changes that met in the database apart from what was not foreseen: %s", async (code, words) => {
    const fault = new Error("a statement", { cause: Object.assign(new Error("of the driver"), { code }) });
    const { response, body } = await read(problemDetails(fault, null));
    expect(response.status).toBe(409);
    expect(body.detail).toContain(words);
  });

  test("shows nothing of what was not foreseen", async () => {
    const { response, body } = await read(problemDetails(new Error("select secret from users"), "r-2"));
    expect(response.status).toBe(500);
    expect(JSON.stringify(body)).not.toContain("secret");
    expect(body.requestId).toBe("r-2");
  });
});

describe("what the outer wall refuses", () => {
  const tooLong = new BodyError(413, "body-too-large", "This request is larger than 1 MB.");

  test("is a problem below /api/", async () => {
    const { response, body } = await read(answerRefusal("/api/v1/clients/register", tooLong, "r-3"));
    expect(response.status).toBe(413);
    expect(Object.fromEntries(response.headers)).toEqual({
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      "x-request-id": "r-3",
    });
    expect(body).toEqual({
      type: "urn:gatehouse:problem:body-too-large",
      title: "Invalid request",
      status: 413,
      detail: "This request is larger than 1 MB.",
      requestId: "r-3",
    });
  });

  test.each(["/sign-in", "/account/picture", "/apiary", "/"])("is a sentence at %s", async (path) => {
    const response = answerRefusal(path, new AppError("rate_limited", "Later.", { retryAfter: 7 }), "r-4");
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "7"]);
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(await response.text()).toBe("Later.\n");
  });
});
