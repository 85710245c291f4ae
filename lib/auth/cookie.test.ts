import { encode } from "next-auth/jwt";
import { afterEach, expect, test, vi } from "vitest";
import { decryptSessionId, encryptSessionId } from "@/lib/auth/cookie";
import { env } from "@/lib/platform/env";

afterEach(() => void vi.useRealTimers());

test("a cookie opens to its session, each time, and not when it is changed or of another server", async () => {
  const value = await encryptSessionId("one");
  expect(await decryptSessionId(value)).toBe("one");
  expect(await decryptSessionId(value)).toBe("one");
  expect(await decryptSessionId(await encryptSessionId("two"))).toBe("two");
  const [head = "", ...rest] = value.split(".");
  expect(await decryptSessionId([`${head}A`, ...rest].join("."))).toBeNull();
  expect(await decryptSessionId(value.slice(0, -2))).toBeNull();
  expect(
    await decryptSessionId(await encode({ token: { sid: "one" }, secret: "the secret of another server, long" })),
  ).toBeNull();
});

test("a cookie that was opened before opens no longer when it has expired", async () => {
  const value = await encode({ token: { sid: "one" }, secret: env().NEXTAUTH_SECRET, maxAge: 60 });
  expect(await decryptSessionId(value)).toBe("one");
  vi.useFakeTimers({ now: Date.now() + 120_000, toFake: ["Date"] });
  expect(await decryptSessionId(value)).toBeNull();
});
