import { headers } from "next/headers";
import type { SessionStage } from "@/db/enums";
import { currentSession } from "@/lib/auth/current";
import { personActor } from "@/lib/auth/person";
import { sessionEnded } from "@/lib/auth/require-session";
import { sourceOf } from "@/lib/auth/source";
import { loadAccess } from "@/lib/authz/load";
import { type Ctx, createContext, type Person } from "@/lib/context";
import { precondition } from "@/lib/errors";
import { db } from "@/lib/platform/db";

/**
 * The context of somebody whose session stands at one of these stages. `currentCtx` refuses a session that is not open,
 * so only what asks here is open to it.
 */
export async function stagedCtx(...stages: SessionStage[]): Promise<Ctx<Person>> {
  const session = await currentSession();
  if (!session) throw sessionEnded();
  if (!stages.includes(session.stage)) throw precondition("Your session changed in the meantime. Reload the page.");
  const access = await loadAccess(db(), session.user.id, new Date());
  const actor = personActor({ id: session.user.id, sessionId: session.id, access });
  return createContext(db(), actor, { source: sourceOf(await headers()) });
}
