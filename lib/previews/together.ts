import type { AccessPreview, PreviewLine, ReachLine } from "@/lib/previews/preview";

/** So many people are named on a line. */
const shown = 10;

/**
 * Previews of changes that do not affect each other, each of another person's access, as one: those who gain or lose the same are
 * grouped.
 */
export const together = (previews: AccessPreview[]): AccessPreview => ({
  people: { count: sum(previews, ({ people }) => people.count), over: previews.some(({ people }) => people.over) },
  administrators: {
    gain: sum(previews, ({ administrators }) => administrators.gain),
    lose: sum(previews, ({ administrators }) => administrators.lose),
    touched: sum(previews, ({ administrators }) => administrators.touched),
  },
  gains: lines(previews.flatMap(({ gains }) => gains)),
  loses: lines(previews.flatMap(({ loses }) => loses)),
  reach: {
    gains: reach(previews.flatMap((one) => one.reach.gains)),
    loses: reach(previews.flatMap((one) => one.reach.loses)),
  },
  accounts: {
    count: sum(previews, ({ accounts }) => accounts.count),
    over: previews.some(({ accounts }) => accounts.over),
    gains: lines(previews.flatMap(({ accounts }) => accounts.gains)),
    loses: lines(previews.flatMap(({ accounts }) => accounts.loses)),
  },
});

const sum = (previews: AccessPreview[], of: (preview: AccessPreview) => number) =>
  previews.reduce((total, preview) => total + of(preview), 0);

function lines(all: PreviewLine[]): PreviewLine[] {
  const alike = new Map<string, PreviewLine>();
  for (const line of all) {
    const key = JSON.stringify([line.operations, line.until, line.endOnly]);
    const known = alike.get(key);
    const people = [...(known?.people ?? []), ...line.people].slice(0, shown);
    alike.set(key, { ...line, count: (known?.count ?? 0) + line.count, people });
  }
  return [...alike.values()];
}

/** People who may not be seen cannot be distinguished. */
function reach(all: ReachLine[]): ReachLine[] {
  const alike = new Map<string, ReachLine>();
  all.forEach((line, index) => {
    const key = `${line.person?.id ?? `unseen ${index}`} ${line.scope}`;
    alike.set(key, { ...line, over: (alike.get(key)?.over ?? 0) + line.over });
  });
  return [...alike.values()].sort((a, b) => b.over - a.over);
}
