import { describe, expect, test } from "vitest";
import { connectionAt, connectionWords, onlineWithin, staleAfter } from "@/lib/clients/connection";

const now = new Date("2026-11-22T09:00:00Z");
const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds);
const registered = { status: "registered" as const, awaiting: false };

describe("the connection of a client", () => {
  test.each([
    ["a beat just now", 0, "online"],
    ["a beat at the threshold", onlineWithin, "online"],
    ["a beat past it", onlineWithin + 1, "offline"],
    ["a beat just short of stale", staleAfter - 1, "offline"],
    ["a beat 14 days ago", staleAfter, "stale"],
    ["a clock ahead of ours", -60_000, "online"],
  ])("%s", (_, silence, connection) => {
    expect(connectionAt({ ...registered, lastHeartbeatAt: ago(silence) }, now)).toBe(connection);
  });

  test("never contacted: the first token is unused (C2)", () => {
    expect(connectionAt({ status: "provisioned", awaiting: true, lastHeartbeatAt: null }, now)).toBe("never contacted");
  });

  test("awaiting client: after Reregister and after Reprovision, until the token is used (C6, C7)", () => {
    expect(connectionAt({ status: "registered", awaiting: true, lastHeartbeatAt: null }, now)).toBe("awaiting client");
    expect(connectionAt({ status: "registered", awaiting: true, lastHeartbeatAt: ago(1) }, now)).toBe(
      "awaiting client",
    );
    expect(connectionAt({ status: "provisioned", awaiting: true, lastHeartbeatAt: ago(1) }, now)).toBe(
      "awaiting client",
    );
  });

  test("what is refused is not online, however recent its last beat (C5, C10)", () => {
    expect(connectionAt({ status: "deregistered", awaiting: false, lastHeartbeatAt: ago(1) }, now)).toBe("offline");
    expect(connectionAt({ status: "deregistered", awaiting: false, lastHeartbeatAt: null }, now)).toBe(
      "never contacted",
    );
    expect(connectionAt({ ...registered, lastHeartbeatAt: ago(1), paused: true }, now)).toBe("offline");
  });

  test("the thresholds are printed as they are used", () => {
    expect(Object.fromEntries(connectionWords)).toMatchObject({
      online: "heartbeat within 2 minutes",
      stale: "none for 14 days",
    });
  });
});
