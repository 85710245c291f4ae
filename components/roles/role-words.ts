import type { Total } from "@/lib/list";
import type { RoleKind } from "@/lib/roles/schema";
import { totalWords } from "@/lib/total-words";

const number = new Intl.NumberFormat("en-US");

export const counted = (count: number, one: string, many = `${one}s`) =>
  `${number.format(count)} ${count === 1 ? one : many}`;

export const peopleOf = (total: Total) =>
  `${totalWords(total)} ${total.value === 1 && total.kind === "exact" ? "person" : "people"}`;

/** "primary, rank 2", "additional, with Quality Manager or Head", "additional". */
export function kindWords({ kind, rank, needs }: { kind: RoleKind; rank: number | null; needs: string[] }): string {
  if (kind === "primary") return `primary, rank ${rank}`;
  return needs.length > 0 ? `additional, with ${needs.join(" or ")}` : "additional";
}
