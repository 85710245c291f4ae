import { isIPv6 } from "node:net";

/** IPv4 carried in IPv6 is the same address. */
export const plainAddress = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, "");

/**
 * The address of one party: an IPv4 address, or the first 64 bits of an IPv6 address, since the holder of one has the 2^64 beside it.
 */
export function networkOf(address: string): string {
  const plain = plainAddress(address).split("%")[0] ?? "";
  if (!isIPv6(plain)) return plain;
  const [head = "", tail] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split("::");
  const groups = [head, tail ?? ""].map((part) => part.split(":").filter(Boolean));
  const zeros = Array<string>(8 - groups.flat().length).fill("0");
  return `${[...(groups[0] ?? []), ...zeros, ...(groups[1] ?? [])].slice(0, 4).join(":")}::/64`;
}
