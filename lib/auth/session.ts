import { and, eq, isNull, lt, type Placeholder, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import type { SessionStage } from "@/db/enums";
import { kept, keptBuilt } from "@/db/kept";
import { sessions, users } from "@/db/schema";
import { endOf, limitsOf } from "@/lib/auth/session-limits";
import { isInForce, standingColumns, statusAt } from "@/lib/authz/account-status";
import { accessFrom, holdingColumns, holdingOf } from "@/lib/authz/load";
import type { Access } from "@/lib/authz/model";
import type { Reads } from "@/lib/context";
import { settingColumn, settingValue } from "@/lib/platform/read-settings";

/** The row that decides on every request. */
export type SessionRow = {
  id: string;
  stage: SessionStage;
  /** When the person last proved who they are (S8). */
  verifiedAt: Date;
  lastSeenAt: Date;
  /** As whom the person has begun to view the console: `lib/auth/view.ts` says whether they still may. */
  viewing: { personId: string; until: Date } | null;
  user: {
    id: string;
    username: string;
    email: string;
    firstName: string;
    lastName: string;
    /** How they read times, and the name of their picture's bytes; null: as their browser does, none. */
    timeZone: string | null;
    locale: string | null;
    pictureTag: string | null;
    /** Which columns they have chosen for a list, by its name; null: for none. */
    listColumns: Record<string, string[]> | null;
    /** Whether single keys are shortcuts. */
    shortcuts: boolean;
  };
};

const activityInterval = 60_000;

/** The session if it is open and its person's account is in force at this moment, else null. One query. */
export async function findSession(db: Reads | Db | Tx, id: string, now: Date): Promise<SessionRow | null> {
  const [row] = await askSession(db, { id });
  return row ? aliveAt(row, now) : null;
}

/** The same beside what its person holds: what most requests ask. One query. */
export async function findSessionAndAccess(
  db: Reads | Db | Tx,
  id: string,
  now: Date,
): Promise<{ session: SessionRow; access: Access } | null> {
  const [row] = await askSessionAndAccess(db, { id, at: now.toISOString() });
  const session = row ? aliveAt(row, now) : null;
  return row && session ? { session, access: await accessFrom(db as Tx, session.user.id, row.holding) } : null;
}

/**
 * The same, and nobody else ends the session before this transaction is over. One that is being ended at this moment
 * counts as ended: nothing waits here, so nothing that holds other locks can deadlock.
 */
export async function holdSession(tx: Tx, id: string, now: Date): Promise<SessionRow | null> {
  const [row] = await kept(sessionQuery(tx, id).for("key share", { of: sessions, skipLocked: true }));
  return row ? aliveAt(row, now) : null;
}

/** Only what is looked at: every request asks this, and every write twice. */
const columns = {
  session: {
    id: sessions.id,
    stage: sessions.stage,
    verifiedAt: sessions.verifiedAt,
    startedAt: sessions.startedAt,
    lastSeenAt: sessions.lastSeenAt,
    endsAt: sessions.endsAt,
    endedAt: sessions.endedAt,
    viewingId: sessions.viewingId,
    viewingUntil: sessions.viewingUntil,
  },
  user: {
    id: users.id,
    username: users.username,
    email: users.email,
    firstName: users.firstName,
    lastName: users.lastName,
    timeZone: users.timeZone,
    locale: users.locale,
    pictureTag: users.pictureTag,
    listColumns: users.listColumns,
    shortcuts: users.shortcuts,
  },
  standing: standingColumns,
  idle: settingColumn("sessions.idleHours"),
  absolute: settingColumn("sessions.absoluteDays"),
};

const sessionQuery = (db: Reads | Db | Tx, id: string | Placeholder) =>
  db.select(columns).from(sessions).innerJoin(users, eq(users.id, sessions.userId)).where(eq(sessions.id, id));

const askSession = keptBuilt((db: Reads | Db | Tx) => sessionQuery(db, sql.placeholder("id")));

const askSessionAndAccess = keptBuilt((db: Reads | Db | Tx) =>
  db
    .select({ ...columns, holding: holdingColumns })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(sql`lateral ${holdingOf(sql`${users.id}`, sql`${sql.placeholder("at")}`)}`, sql`true`)
    .where(eq(sessions.id, sql.placeholder("id"))),
);

type Found = Awaited<ReturnType<typeof sessionQuery>>[number];

function aliveAt({ session, user, standing, idle, absolute }: Found, now: Date): SessionRow | null {
  if (session.endedAt !== null) return null;
  const limits = limitsOf({
    "sessions.idleHours": settingValue("sessions.idleHours", idle),
    "sessions.absoluteDays": settingValue("sessions.absoluteDays", absolute),
  });
  if (endOf(session, limits) <= now) return null;
  if (!isInForce(statusAt(standing, now))) return null;
  const { id, stage, verifiedAt, lastSeenAt, viewingId, viewingUntil } = session;
  const viewing = viewingId && viewingUntil ? { personId: viewingId, until: viewingUntil } : null;
  return { id, stage, verifiedAt, lastSeenAt, viewing, user };
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

/** Forgets a view that is over, so that it does not continue when what ended it is undone. What the log says of it stays valid. */
export async function forgetView(db: Db, { id, viewing }: SessionRow): Promise<void> {
  if (!viewing) return;
  await db
    .update(sessions)
    .set({ viewingId: null, viewingUntil: null })
    .where(
      and(eq(sessions.id, id), eq(sessions.viewingId, viewing.personId), eq(sessions.viewingUntil, viewing.until)),
    );
}
