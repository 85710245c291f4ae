import { once } from "node:events";
import http from "node:http";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { installGuard } from "@/lib/connections/install";
import { openConnection } from "@/lib/testing/raw-connection";

const ordinary = http.createServer;
let server: http.Server;

beforeAll(async () => {
  // @ts-expect-error plain JavaScript, loaded before everything else
  await import("./hold-connections.mjs");
  server = http.createServer((request, response) => response.end(`from ${request.headers["x-gatehouse-peer"]}`));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});

afterAll(() => {
  http.createServer = ordinary;
  server.closeAllConnections();
  server.close();
});

test("who connects before the guard is installed waits for it, and is not believed about the address", async () => {
  const early = openConnection(
    server,
    "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Gatehouse-Peer: 192.0.2.1\r\n\r\n",
  );
  const gone = openConnection(server, "GET");
  const held = (globalThis as unknown as { gatehouseHeld: { sockets: unknown[] } }).gatehouseHeld;
  await vi.waitFor(() => expect(held.sockets).toHaveLength(2));
  gone.socket.resetAndDestroy();
  await gone.over;
  expect(early.socket.bytesRead).toBe(0);
  installGuard();
  const { received } = await early.over;
  expect(received).toMatch(/^HTTP\/1\.1 200 .*from 127\.0\.0\.1/s);
  expect(received.toLowerCase()).toContain("x-content-type-options: nosniff");
});

test("a second server is not guarded, and without a held one there is no start", () => {
  expect(http.createServer).toBe(ordinary);
  expect(() => installGuard()).toThrow("Start Gatehouse with npm start");
});
