import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { mayRun } from "@/lib/kernel/ask";
import { findPerson } from "@/lib/people/scoped";
import { archiveUser } from "@/lib/users/commands/archive";
import { enableUser } from "@/lib/users/commands/disable";
import { restoreUser } from "@/lib/users/commands/restore";
import { handoversOf, mayHandBack } from "@/lib/users/handovers";
import type { undoSchema } from "@/lib/users/schema";
import { lastStateChange } from "@/lib/users/state-changes";

/** What the command backwards is sent. Which command that is follows from what was done. */
export type WayBack = { id: string; version: number; seenChangeId: string; handBack?: string[] };

/**
 * The way back from what was just done to somebody, where the actor may go it at this moment and where it ends as it was
 * before; else null. It revives no credential: what has ended stays ended (U13).
 */
export async function wayBackFrom(ctx: Ctx, what: z.output<typeof undoSchema>): Promise<WayBack | null> {
  const person = await findPerson(ctx, "user.read", what.id);
  if (!person) return null;
  const last = await lastStateChange(ctx.db, person.id);
  if (last?.operation !== `user.${what.done}` || last.actorId !== ctx.actor.access.personId) return null;
  const seen = { id: person.id, version: person.version, seenChangeId: last.id };
  if (what.done === "disable") return (await mayRun(ctx, enableUser, seen)).ok ? seen : null;
  if (what.done === "restore")
    return (await mayRun(ctx, archiveUser, { ...seen, owners: [], managerId: null })).ok ? seen : null;
  const handed = await handoversOf(ctx, ctx.db, person.id);
  // Some of it is out of sight, or nothing that is ever handed back.
  if (handed.length !== what.handedOn || handed.length > mostHandedBack) return null;
  const decisions = await mayHandBack(ctx, ctx.db, person, handed);
  if (!decisions.every(({ ok }) => ok)) return null;
  const back = { ...seen, handBack: handed.map(({ id }) => id) };
  return (await mayRun(ctx, restoreUser, back)).ok ? back : null;
}

/** As many as one command takes. */
const mostHandedBack = 2000;
