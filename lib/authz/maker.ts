import { eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { users } from "@/db/schema";
import { loadAccess } from "@/lib/authz/load";
import { beyond } from "@/lib/authz/power";
import { profilesOf } from "@/lib/authz/profiles";
import type { Reads } from "@/lib/context";
import { type Standing, statusAt } from "@/lib/users/status";

/**
 * Whether a link, token or password that `makerId` made for a person still counts at this moment (R15): the maker is active
 * and could act on them now (R13). Without a maker, the server's owner or the person made it.
 */
export async function makerStillMay(
  db: Reads | Tx,
  { makerId, personId, at }: { makerId: string | null; personId: string; at: Date },
): Promise<boolean> {
  if (makerId === null || makerId === personId) return true;
  const [maker] = await db.select().from(users).where(eq(users.id, makerId));
  if (!maker || !isActive(maker, at)) return false;
  const [makers, theirs] = [await loadAccess(db, makerId, at), await loadAccess(db, personId, at)];
  return beyond(makers, theirs).length === 0;
}

const isActive = (maker: Standing, at: Date) => ["active", "locked"].includes(statusAt(maker, at));

type Made = { makerId: string; personId: string };

/** Those whose maker may no longer act on them, as `makerStillMay` says of each, in two looks for all. */
export async function outgrownOf<T extends Made>(db: Reads | Tx, made: T[], at: Date): Promise<T[]> {
  if (made.length === 0) return [];
  const ids = [...new Set(made.flatMap(({ makerId, personId }) => [makerId, personId]))];
  const rows = new Map((await db.select().from(users).where(inArray(users.id, ids))).map((row) => [row.id, row]));
  const profiles = await profilesOf(db, ids, at);
  const accessOf = (id: string) => ({
    ...profiles.access(profiles.of.get(id) ?? ""),
    personId: id,
    endsAt: rows.get(id)?.accessEndsAt ?? null,
  });
  return made.filter(({ makerId, personId }) => {
    const maker = rows.get(makerId);
    return !maker || !isActive(maker, at) || beyond(accessOf(makerId), accessOf(personId)).length > 0;
  });
}
