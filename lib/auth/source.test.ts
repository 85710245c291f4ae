import { expect, test } from "vitest";
import { clientAddress } from "@/lib/auth/source";

const proxies = ["10.0.0.0/30", "192.0.2.7", "fd00::/8"];

test.each([
  ["no socket", null, "203.0.113.7", null],
  ["a stranger, whatever it says that it forwards", "203.0.113.9", "198.51.100.1", "203.0.113.9"],
  ["a proxy that forwards nothing", "10.0.0.1", null, "10.0.0.1"],
  ["a proxy", "10.0.0.1", "203.0.113.7", "203.0.113.7"],
  ["a proxy, over IPv6", "::ffff:10.0.0.1", "::ffff:203.0.113.7", "203.0.113.7"],
  ["two proxies", "10.0.0.1", "203.0.113.7, 10.0.0.2", "203.0.113.7"],
  ["what the client itself claims", "10.0.0.1", "192.0.2.1, 203.0.113.7", "203.0.113.7"],
  ["a neighbour of the range", "10.0.0.5", "203.0.113.7", "10.0.0.5"],
  ["proxies of both kinds", "fd00::5", "192.0.2.1, 203.0.113.7, 10.0.0.2, 192.0.2.7", "203.0.113.7"],
  ["what is no address, which ends the reading", "10.0.0.1", "203.0.113.7, unknown", "unknown"],
  ["an empty hop", "10.0.0.1", "203.0.113.7, ", "203.0.113.7"],
  ["proxies alone", "10.0.0.1", "10.0.0.2", "10.0.0.1"],
])("the address of the client: %s", (_, socket, forwarded, address) => {
  expect(clientAddress(socket, forwarded, proxies)).toBe(address);
});
