import type { SessionStage } from "@/db/enums";
import { actionCtx, currentSession } from "@/lib/auth/current";
import { sessionEnded } from "@/lib/auth/require-session";
import type { Ctx, Person } from "@/lib/context";
import { precondition } from "@/lib/errors";

/**
 * The context of somebody whose session is at one of these stages. `currentCtx` refuses a session that is not open,
 * so only what asks here is open to it.
 */
export async function stagedCtx(...stages: SessionStage[]): Promise<Ctx<Person>> {
  const session = await currentSession();
  if (!session) throw sessionEnded();
  if (!stages.includes(session.stage)) throw precondition("Your session changed in the meantime. Reload the page.");
  return actionCtx(session);
}
