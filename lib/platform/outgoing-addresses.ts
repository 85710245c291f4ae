import { isIP } from "node:net";
import { inRanges, isRange } from "@/lib/platform/ranges";

/** What is not on the public internet (RFC 6890), or carries an IPv4 address that may not be. */
const isClosed = inRanges([
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"],
  ...["192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4"],
  ...["240.0.0.0/4", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16"],
  ...["fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"],
]);

/** A host name, an address, or a range: what GATEHOUSE_PRIVATE_ADDRESSES names. */
export const isPrivateEntry = (entry: string): boolean =>
  isRange(entry) || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(entry);

/** Whether a request may go to this address, which `host` names: a public one, or one that the setting names. */
export function mayReach(host: string, address: string, named: readonly string[]): boolean {
  if (isIP(address) === 0) return false;
  return !isClosed(address) || named.includes(host.toLowerCase()) || inRanges(named)(address);
}
