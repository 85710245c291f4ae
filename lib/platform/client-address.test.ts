import { expect, test } from "vitest";
import { createTally, type Refusal, type Refused } from "@/lib/connections/tally";
import { networkOf } from "@/lib/platform/client-address";

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
  ["2001:db8::9", "2001:db8:0:0::/64"],
  ["2001:DB8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"],
  ["2001:0db8::", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["unknown", "unknown"],
  ["fe80::1:2:3:4", "fe80:0:0:0::/64"],
])("%s counts as %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test("a flood of refusals is a line per reason", async () => {
  const count = await new Promise<Refused<Refusal>>((resolve) => {
    const tally = createTally<Refusal>(resolve, 10);
    for (let turn = 0; turn < 1000; turn++) tally("address full", `192.0.2.${turn % 7}`);
  });
  expect(count).toMatchObject({ why: "address full", count: 1000 });
  expect(count.addresses).toHaveLength(5);
});
