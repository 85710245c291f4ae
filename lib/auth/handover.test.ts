import { setImmediate as others } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { handOver, takeAccess, takeSession, withHandover } from "@/lib/auth/handover";
import type { SessionRow } from "@/lib/auth/session";
import type { Access } from "@/lib/authz/model";

const session = { id: "s1" } as SessionRow;
const access = { personId: "p1" } as Access;

afterEach(() => vi.useRealTimers());

test("what the wall has read is taken once, by the same session and person", () =>
  withHandover(() => {
    expect([takeSession("s1"), takeAccess("p1")]).toEqual([null, null]);
    handOver(session, access);
    expect([takeSession("s2"), takeAccess("p2")]).toEqual([null, null]);
    expect([takeSession("s1"), takeAccess("p1")]).toEqual([session, access]);
    expect([takeSession("s1"), takeAccess("p1")]).toEqual([null, null]);
  }));

test("it is asked again after a second", () =>
  withHandover(() => {
    vi.useFakeTimers();
    handOver(session, null);
    vi.advanceTimersByTime(999);
    expect(takeSession("s1")).toBe(session);
    handOver(session, null);
    vi.advanceTimersByTime(1_000);
    expect(takeSession("s1")).toBeNull();
  }));

test("requests side by side take nothing of each other, and without a request nothing is kept", async () => {
  const request = (id: string) =>
    withHandover(async () => {
      await others();
      handOver({ id } as SessionRow, null);
      await others();
      return [takeSession(id === "0" ? "1" : "0"), takeSession(id)?.id];
    });
  const taken = await Promise.all(Array.from({ length: 20 }, (_, at) => request(String(at))));
  expect(taken).toEqual(taken.map((_, at) => [null, String(at)]));
  handOver(session, access);
  expect([takeSession("s1"), takeAccess("p1")]).toEqual([null, null]);
});
