import { counted } from "@/lib/lists/format-total";
import type { Total } from "@/lib/lists/pagination";
import type { RoleKind } from "@/lib/roles/schema";

export const peopleOf = (total: Total) => counted(total, "person", "people");

type Kind = { kind: RoleKind; rank: number | null; builtIn: boolean; needs: string[] };

/** "primary, rank 2", "additional, with Quality Manager or Head", "additional, or primary". */
export function kindWords({ kind, rank, builtIn, needs }: Kind): string {
  if (kind === "primary") return `primary, rank ${rank}`;
  const besides = needs.length > 0 ? `additional, with ${needs.join(" or ")}` : "additional";
  return builtIn ? `${besides}, or primary` : besides;
}
