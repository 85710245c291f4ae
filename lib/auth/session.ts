import { and, eq, isNull, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { SessionStage } from "@/db/enums";
import { sessions, users } from "@/db/schema";
import { idleLimit } from "@/lib/auth/sign-in";
import { statusAt } from "@/lib/users/status";

/** The row that decides on every request. */
export type SessionRow = {
  id: string;
  stage: SessionStage;
  /** When the person last proved who they are (S8). */
  verifiedAt: Date;
  lastSeenAt: Date;
  user: { id: string; username: string; email: string; firstName: string; lastName: string };
};

const activityInterval = 60_000;

/** The session if it is alive and its person's account is in force at this moment, else null. One query. */
export async function findSession(db: Db, id: string, now: Date): Promise<SessionRow | null> {
  const [row] = await db
    .select({ session: sessions, user: users })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.id, id));
  if (!row || row.session.endedAt !== null) return null;
  const { session, user } = row;
  if (session.endsAt <= now || now.getTime() - session.lastSeenAt.getTime() > idleLimit) return null;
  const status = statusAt(user, now);
  if (status !== "active" && status !== "locked") return null;
  return {
    id: session.id,
    stage: session.stage,
    verifiedAt: session.verifiedAt,
    lastSeenAt: session.lastSeenAt,
    user: {
      id: user.id,
      username: user.username,
      email: user.email,
      firstName: user.firstName,
      lastName: user.lastName,
    },
  };
}

/** Notes activity, at most once a minute. Seeing a page is no change and has no event. */
export async function touchSession(db: Db, session: SessionRow, now: Date): Promise<void> {
  if (now.getTime() - session.lastSeenAt.getTime() < activityInterval) return;
  await db
    .update(sessions)
    .set({ lastSeenAt: now })
    .where(
      and(
        eq(sessions.id, session.id),
        isNull(sessions.endedAt),
        lt(sessions.lastSeenAt, sql`${new Date(now.getTime() - activityInterval).toISOString()}::timestamptz`),
      ),
    );
}
