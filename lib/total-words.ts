import type { Total } from "@/lib/list";

const number = new Intl.NumberFormat("en-US");

/** "208", "about 998,000", "more than 10,000". */
export function totalWords({ value, kind }: Total): string {
  const before = { exact: "", about: "about ", over: "more than " }[kind];
  return `${before}${number.format(value)}`;
}
