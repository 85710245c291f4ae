import { expect, test } from "vitest";
import { mayGivePassword } from "@/lib/factors/policy";

const now = new Date("2026-11-20T09:00:00Z");
const free = { keeper: null, lockedAt: null, lockedUntil: null };

test.each([
  ["free", free, null],
  ["locked in time, as strangers can cause", { ...free, lockedAt: now, lockedUntil: new Date("2027-01-01") }, null],
  [
    "locked permanently",
    { ...free, lockedAt: now },
    "Your account is locked until an administrator unlocks it, so passwords are not accepted.",
  ],
  [
    "another configuration",
    { ...free, keeper: { name: "Entra ID" } },
    "Your email and password are managed by Entra ID. Change them there.",
  ],
])("S4: %s", (_, holder, reason) => {
  const decision = mayGivePassword(holder);
  expect(decision.ok ? null : decision.reason).toBe(reason);
});
