import { counted } from "@/lib/lists/format-total";
import type { Total } from "@/lib/lists/pagination";
import type { RoleKind } from "@/lib/roles/schema";

export const peopleOf = (total: Total) => counted(total, "person", "people");

/** "primary, rank 2", "additional, with Quality Manager or Head", "additional". */
export function kindWords({ kind, rank, needs }: { kind: RoleKind; rank: number | null; needs: string[] }): string {
  if (kind === "primary") return `primary, rank ${rank}`;
  return needs.length > 0 ? `additional, with ${needs.join(" or ")}` : "additional";
}
