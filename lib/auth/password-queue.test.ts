import { expect, test } from "vitest";
import { isQueueFull, verifyNothing } from "@/lib/auth/password-queue";
import { AppError } from "@/lib/errors";

test("S3: a flood waits, and beyond 64 waiting is refused with rate_limited", async () => {
  const flood = Array.from({ length: 70 }, () => verifyNothing("anything"));
  expect(isQueueFull()).toBe(true);
  const settled = await Promise.allSettled(flood);
  const refused = settled.filter((result) => result.status === "rejected").map((result) => result.reason);
  expect(refused).toHaveLength(4);
  for (const reason of refused) {
    expect(reason).toBeInstanceOf(AppError);
    expect(reason).toMatchObject({ code: "rate_limited", retryAfter: 3 });
  }
  expect(isQueueFull()).toBe(false);
  await expect(verifyNothing("anything")).resolves.toBe(false);
});
