import { expect, test } from "vitest";
import { allowedAt } from "@/lib/connections/methods";

test.each([
  ["/sign-in", "GET, HEAD, POST"],
  ["/apiary", "GET, HEAD, POST"],
  ["/_next/static/chunks/a.js", "GET, HEAD"],
  ["/icon.svg", "GET, HEAD"],
  ["/icon.svg/more", "GET, HEAD, POST"],
  ["/api/v1/clients/register", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"],
  ["/scim", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"],
])("%s knows %s", (path, allow) => {
  expect(allowedAt(path)).toBe(allow);
});
