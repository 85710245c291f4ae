import { expect, test } from "vitest";
import { addressOf } from "@/lib/auth/source";

const proxies = ["10.1.0.0/16", "192.0.2.7", "fd00::/8"];

test.each([
  ["a peer that is no proxy speaks for itself", "203.0.113.9", "198.51.100.1", "203.0.113.9"],
  ["one proxy", "10.1.200.3", "198.51.100.1", "198.51.100.1"],
  ["beside the range", "10.2.0.1", "198.51.100.1", "10.2.0.1"],
  ["a proxy by its address, in IPv6", "::ffff:192.0.2.7", "198.51.100.1", "198.51.100.1"],
  ["proxies of both kinds, read from the right", "fd00::5", "6.6.6.6, 198.51.100.1, 10.1.0.9", "198.51.100.1"],
  ["what is no address stops the reading", "10.1.0.1", "198.51.100.1, unknown", "unknown"],
  ["nobody but proxies", "10.1.0.1", "10.1.0.2", "10.1.0.1"],
  ["no header", "10.1.0.1", null, "10.1.0.1"],
  ["no peer", null, "198.51.100.1", null],
])("%s", (_, peer, forwarded, address) => {
  expect(addressOf(peer, forwarded, proxies)).toBe(address);
});
