import { asc, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { roles } from "@/db/schema";
import { raised } from "@/lib/audit/raise";
import { invalidField } from "@/lib/errors";

type Rung = { id: string; name: string; rank: number | null };

const rungs = (tx: Tx): Promise<Rung[]> =>
  tx
    .select({ id: roles.id, name: roles.name, rank: roles.rank })
    .from(roles)
    .where(eq(roles.kind, "primary"))
    .orderBy(asc(roles.rank), asc(roles.nameKey));

/** Refuses a rung that is not on the ladder, for a role that is on it already. */
export async function checkRank(tx: Tx, rank: number | null): Promise<void> {
  const { length } = await rungs(tx);
  requireRank(rank, length);
}

function requireRank(rank: number | null, lowest: number): asserts rank is number {
  if (rank === null || rank > lowest) throw invalidField("rank", `Choose a rank from 1 to ${lowest}.`);
}

/**
 * Puts a primary role on a rung, and the others above and below it without a gap. Returns the moves of others in words.
 * A role that is moved is a role that somebody else edited: its version is raised (U9).
 */
export async function placeOnLadder(tx: Tx, roleId: string, rank: number | null): Promise<string[]> {
  const ladder = await rungs(tx);
  const placed = ladder.find(({ id }) => id === roleId);
  const others = ladder.filter(({ id }) => id !== roleId);
  if (!placed) throw new Error("Only a primary role stands on the ladder");
  requireRank(rank, others.length + 1);
  return renumber(tx, [...others.slice(0, rank - 1), placed, ...others.slice(rank - 1)], roleId);
}

/** Closes the gap that a role leaves. */
export const closeLadder = async (tx: Tx): Promise<string[]> => renumber(tx, await rungs(tx), null);

async function renumber(tx: Tx, order: Rung[], roleId: string | null): Promise<string[]> {
  const moves: string[] = [];
  for (const [above, { id, name, rank: old }] of order.entries()) {
    const rank = above + 1;
    if (old === rank) continue;
    const own = id === roleId;
    await tx
      .update(roles)
      .set({ rank, ...(own ? {} : raised(tx, roles)) })
      .where(eq(roles.id, id));
    if (!own) moves.push(`${name} from ${old} to ${rank}`);
  }
  return moves;
}
