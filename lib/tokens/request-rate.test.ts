import { expect, test } from "vitest";
import { countRequest } from "@/lib/tokens/request-rate";

test("P4: beyond its number in a minute a token is refused until the next one, and no other token is", () => {
  const at = new Date("2026-01-01T10:00:45Z");
  const use = (token: string, when = at) => countRequest(token, 2, when);
  use("a");
  use("a");
  expect(() => use("a")).toThrow(expect.objectContaining({ code: "rate_limited", retryAfter: 15 }));
  use("b");
  use("a", new Date("2026-01-01T10:01:00Z"));
});
