import type { Pairs } from "@/lib/lists/search-params";

export interface SortMenuProps {
  /** By what the list can be sorted, the usual order first. */
  choices: { by: string; label: string }[];
  /** `name` or `-name`, as in the address. */
  sort: string;
  path: string;
  query: Pairs;
}

/** Both orders of a sort, its own first. */
export const waysOf = (by: string) => (by.endsWith("At") ? latest : letters);

const letters = [
  { sign: "", label: "A to Z" },
  { sign: "-", label: "Z to A" },
];
const latest = [
  { sign: "-", label: "Latest first" },
  { sign: "", label: "Earliest first" },
];
