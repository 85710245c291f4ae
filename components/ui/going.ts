/** Reports every page that the router begins to fetch. Next calls it from `instrumentation-client.ts`, outside of React. */

let hearer: ((address: string) => void) | null = null;

export const begins = (address: string) => hearer?.(address);

/** For the one bar of a page. Returns how to stop. */
export function hearGoing(next: (address: string) => void): () => void {
  hearer = next;
  return () => {
    if (hearer === next) hearer = null;
  };
}
