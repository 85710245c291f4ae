/** Why a connection was not served to its end. */
export type Refusal = "address full" | "server full" | "late" | "malformed";

export type Refused = { why: Refusal; connections: number; addresses: string[] };

/** Counts refused connections and tells about them at most every `interval` ms, so that a flood of them does not fill the log. */
export function createTally(tell: (refused: Refused) => void, interval: number) {
  const counts = new Map<Refusal, { connections: number; addresses: Set<string> }>();
  const flush = () => {
    for (const [why, { connections, addresses }] of counts) tell({ why, connections, addresses: [...addresses] });
    counts.clear();
  };
  return (why: Refusal, address: string) => {
    if (counts.size === 0) setTimeout(flush, interval).unref();
    const count = counts.get(why) ?? { connections: 0, addresses: new Set<string>() };
    count.connections += 1;
    if (count.addresses.size < 5) count.addresses.add(address);
    counts.set(why, count);
  };
}
