import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { users } from "@/db/schema";
import { loadAccess } from "@/lib/access/load";
import { beyond } from "@/lib/access/power";
import type { Reads } from "@/lib/context";
import { statusAt } from "@/lib/users/status";

/**
 * Whether a link or token that `makerId` made for a person still counts at this moment (R15): the maker is active and
 * could act on them now (R13). Without a maker, the server's owner or the person made it.
 */
export async function makerStillMay(
  db: Reads | Tx,
  { makerId, personId, at }: { makerId: string | null; personId: string; at: Date },
): Promise<boolean> {
  if (makerId === null || makerId === personId) return true;
  const [maker] = await db.select().from(users).where(eq(users.id, makerId));
  const status = maker && statusAt(maker, at);
  if (status !== "active" && status !== "locked") return false;
  const [makers, theirs] = [await loadAccess(db, makerId, at), await loadAccess(db, personId, at)];
  return beyond(makers, theirs).length === 0;
}
