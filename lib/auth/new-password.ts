import { headers } from "next/headers";
import { loadAccess } from "@/lib/access/load";
import { currentSession } from "@/lib/auth/current";
import { sourceOf } from "@/lib/auth/source";
import { type Ctx, createContext, type Person } from "@/lib/context";
import { db } from "@/lib/db";
import { AppError, precondition } from "@/lib/errors";

/**
 * The context of somebody who still owes a new password (S5). `currentCtx` refuses such a session, so only what asks
 * here is open to it.
 */
export async function newPasswordCtx(): Promise<Ctx<Person>> {
  const session = await currentSession();
  if (!session) throw new AppError("unauthenticated", "Your session has ended. Sign in again.");
  if (session.stage !== "new_password") throw precondition("Your password does not have to be changed.");
  const access = await loadAccess(db(), session.user.id, new Date());
  const actor: Person = { kind: "person", id: session.user.id, sessionId: session.id, access };
  return createContext(db(), actor, { source: sourceOf(await headers()) });
}
