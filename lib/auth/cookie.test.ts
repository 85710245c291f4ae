import { encode } from "next-auth/jwt";
import { afterEach, expect, test, vi } from "vitest";
import { openSession, sealSession } from "@/lib/auth/cookie";
import { env } from "@/lib/platform/env";

afterEach(() => void vi.useRealTimers());

test("a cookie opens to its session, each time, and not when it is changed or of another server", async () => {
  const value = await sealSession("one");
  expect(await openSession(value)).toBe("one");
  expect(await openSession(value)).toBe("one");
  expect(await openSession(await sealSession("two"))).toBe("two");
  const [head = "", ...rest] = value.split(".");
  expect(await openSession([`${head}A`, ...rest].join("."))).toBeNull();
  expect(await openSession(value.slice(0, -2))).toBeNull();
  expect(
    await openSession(await encode({ token: { sid: "one" }, secret: "the secret of another server, long" })),
  ).toBeNull();
});

test("a cookie that was opened before opens no longer when it has expired", async () => {
  const value = await encode({ token: { sid: "one" }, secret: env().NEXTAUTH_SECRET, maxAge: 60 });
  expect(await openSession(value)).toBe("one");
  vi.useFakeTimers({ now: Date.now() + 120_000, toFake: ["Date"] });
  expect(await openSession(value)).toBeNull();
});
