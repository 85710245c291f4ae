import { and, eq, isNull, ne } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { sessions } from "@/db/schema";

/** When the person of a session last proved who they are (S8). */
export async function noteProof(tx: Tx, sessionId: string, verifiedAt: Date): Promise<void> {
  await tx.update(sessions).set({ verifiedAt }).where(eq(sessions.id, sessionId));
}

const othersThan = (ownId: string | null) => (ownId ? ne(sessions.id, ownId) : undefined);

/** What other sessions proved by the password is no proof any more, now that a factor is held (S8). */
export async function forgetProofs(tx: Tx, userId: string, ownId: string | null): Promise<void> {
  await tx
    .update(sessions)
    .set({ verifiedAt: new Date(0) })
    .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt), othersThan(ownId)));
}

/** A person who waits for the enrolment in another session knows the password alone: there the factor is asked for (S7). */
export async function askOthers(tx: Tx, userId: string, ownId: string | null): Promise<void> {
  await tx
    .update(sessions)
    .set({ stage: "second_factor" })
    .where(and(eq(sessions.userId, userId), eq(sessions.stage, "enrol_factor"), othersThan(ownId)));
}
