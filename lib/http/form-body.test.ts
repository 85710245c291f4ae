import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { readForm } from "@/lib/http/form-body";
import { oauthError } from "@/lib/http/oauth-error";

const ask = (body: string, type = "application/x-www-form-urlencoded") =>
  readForm(new Request("http://a/", { method: "POST", body, headers: { "content-type": type } }), 1_024);

test("a form is read as it was meant, whatever its names are", async () => {
  expect({
    ...(await ask("a=1&b=x+y%2B&__proto__=z&constructor=", "application/x-www-form-urlencoded; charset=utf-8")),
  }).toEqual(Object.assign(Object.create(null), { a: "1", b: "x y+", ["__proto__"]: "z", constructor: "" }));
  expect((await ask("")).constructor).toBeUndefined();
});

test.each([
  ["another type", "{}", "application/json", 415],
  ["a parameter twice", "token=a&token=b", undefined, 400],
  ["more than its bound", `a=${"x".repeat(1_024)}`, undefined, 413],
])("%s is refused", async (_, body, type, status) => {
  await expect(ask(body, type)).rejects.toMatchObject({ status });
});

test("what OAuth says of a refusal has letters of ASCII alone, beside the sentence as it is", async () => {
  const stopped = new AppError("forbidden", 'Zoë\\s "rig" is paused.', {
    details: { problem: "paused" },
    retryAfter: 60,
  });
  const answer = oauthError(stopped, "r-1");
  expect([answer.status, answer.headers.get("retry-after"), answer.headers.get("content-type")]).toEqual([
    400,
    "60",
    "application/json",
  ]);
  expect(await answer.json()).toEqual({
    error: "unauthorized_client",
    error_description: "Zo??s 'rig' is paused.",
    type: "urn:gatehouse:problem:paused",
    title: "Invalid request",
    status: 400,
    detail: 'Zoë\\s "rig" is paused.',
    requestId: "r-1",
  });
});

test.each([
  [new AppError("unauthenticated", "No."), 401, "invalid_client"],
  [new AppError("rate_limited", "Later.", { retryAfter: 3 }), 429, "temporarily_unavailable"],
  [new AppError("unavailable", "Later."), 503, "temporarily_unavailable"],
  [new AppError("invalid", "No.", { details: { oauth: "invalid_scope" } }), 400, "invalid_scope"],
  [new AppError("not_found", "No."), 404, "invalid_request"],
])("%s is %i %s", async (error, status, named) => {
  const answer = oauthError(error, null);
  expect([answer.status, (await answer.json()).error]).toEqual([status, named]);
});

test("a challenge to send a bearer token is for callers that sent one: other clients would take it for the whole answer", () => {
  const challenge = (details?: object) =>
    oauthError(new AppError("unauthenticated", "No.", { details }), null).headers.get("www-authenticate");
  expect(challenge()).toBeNull();
  expect(challenge({ oauth: "invalid_token" })).toBe('Bearer realm="gatehouse", error="invalid_token"');
  expect(challenge({ oauth: "invalid_token", problem: "no-token" })).toBe('Bearer realm="gatehouse"');
});
