import type { Part } from "@/lib/audit/words";
import { formatTotal, nounFor } from "@/lib/lists/format-total";
import type { Total } from "@/lib/lists/pagination";
import type { Named } from "@/lib/people/scoped";

export type Attention = {
  key: string;
  /** The order is that of the list: what is most dangerous first. */
  tone: "danger" | "warning" | "accent";
  glyph: "token" | "lock" | "shield" | "key" | "mail" | "clock" | "left";
  title: Part[];
  hint: Part[];
  action: { label: string; href: string } | { label: "Unlock"; person: Named } | { label: "Dismiss"; notice: "mail" };
};

/** How many are listed by name before the rest become one line. */
export const named = 3;

export const day = 24 * 60 * 60 * 1000;

export const moment = (at: Date): Part => ({ kind: "moment", at: at.toISOString() });
export const plural = (total: Total, one: string, many: string) => nounFor(total, one, `${formatTotal(total)} ${many}`);
export const capital = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);
export const list = (names: string[], total: Total) => {
  const rest = total.value - names.length;
  return rest > 0 || total.kind === "over" ? `${names.join(", ")} and others` : names.join(", ");
};
