import type { Total } from "@/lib/lists/pagination";

/** Written out: to make its first formatter takes a browser longer than to draw a list. */
const grouped = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");

/** "208", "about 998,000", "more than 10,000". `figure` writes the number in another form. */
export function formatTotal({ value, kind }: Total, figure: (value: number) => string = grouped): string {
  const before = { exact: "", about: "about ", over: "more than " }[kind];
  return `${before}${figure(value)}`;
}

/** The noun for so many: "person", but "people" where there may be more than one. */
export const nounFor = ({ value, kind }: Total, one: string, many = `${one}s`): string =>
  kind === "exact" && value === 1 ? one : many;

/** "1 role", "208 people", "more than 10,000 sessions". */
export function counted(count: Total | number, one: string, many?: string): string {
  const total: Total = typeof count === "number" ? { value: count, kind: "exact" } : count;
  return `${formatTotal(total)} ${nounFor(total, one, many)}`;
}
