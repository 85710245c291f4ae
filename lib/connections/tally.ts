/** Why a connection was not served to its end. */
export type Refusal = "address full" | "server full" | "late" | "malformed";

/** How often something was refused, and the first five addresses that it came from. */
export type Refused<Why> = { why: Why; count: number; addresses: string[] };

/** Counts what is refused and reports it at most every `interval` ms, so that a flood of it does not fill the log. */
export function createTally<Why>(tell: (refused: Refused<Why>) => void, interval: number) {
  const counts = new Map<Why, { count: number; addresses: Set<string> }>();
  const flush = () => {
    for (const [why, { count, addresses }] of counts) tell({ why, count, addresses: [...addresses] });
    counts.clear();
  };
  return (why: Why, address: string) => {
    if (counts.size === 0) setTimeout(flush, interval).unref();
    const kept = counts.get(why) ?? { count: 0, addresses: new Set<string>() };
    kept.count += 1;
    if (kept.addresses.size < 5) kept.addresses.add(address);
    counts.set(why, kept);
  };
}
