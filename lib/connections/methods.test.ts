import { expect, test } from "vitest";
import { allowedAt } from "@/lib/connections/methods";

test.each([
  ["/sign-in", "GET, HEAD, POST"],
  ["/apiary", "GET, HEAD, POST"],
  ["/_next/static/chunks/a.js", "GET, HEAD"],
  ["/icon.svg", "GET, HEAD"],
  ["/icon.svg/more", "GET, HEAD, POST"],
  ["/api/v1/clients/register", "POST, OPTIONS"],
  ["/api/v1/clients/register/more", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"],
  ["/api/v1/clients/heartbeat", "POST, OPTIONS"],
  ["/oauth/token", "POST"],
  ["/oauth/token/more", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"],
  ["/.well-known/jwks.json", "GET, HEAD"],
  ["/api/auth/backchannel-logout/okta", "POST, OPTIONS"],
  ["/api/auth/callback/okta", "GET, HEAD, POST, OPTIONS"],
  ["/account/picture", "POST"],
  ["/account/pictures", "GET, HEAD, POST"],
  ["/scim", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"],
])("%s knows %s", (path, allow) => {
  expect(allowedAt(path)).toBe(allow);
});
