import { and, gt, isNull, ne, type SQL, sql } from "drizzle-orm";
import { sessions } from "@/db/schema";
import type { Settings } from "@/lib/platform/settings-catalogue";

/** How long a session lasts (S9), as the settings say at this moment. Both in milliseconds. */
export type Limits = { idle: number; absolute: number };

type Lasting = Pick<Settings, "sessions.idleHours" | "sessions.absoluteDays">;

export const limitsOf = (settings: Lasting): Limits => ({
  idle: settings["sessions.idleHours"] * 60 * 60_000,
  absolute: settings["sessions.absoluteDays"] * 24 * 60 * 60_000,
});

type Times = { startedAt: Date; lastSeenAt: Date; endsAt: Date };

/** When time ends a session: a limit that was lowered since applies to those that were open already. */
export const endOf = ({ startedAt, lastSeenAt, endsAt }: Times, { idle, absolute }: Limits): Date =>
  new Date(Math.min(endsAt.getTime(), startedAt.getTime() + absolute, lastSeenAt.getTime() + idle));

/** The same in SQL, over `sessions`. */
export const endColumn = ({ idle, absolute }: Limits) =>
  sql<Date>`least(${sessions.endsAt}, ${sessions.startedAt} + ${absolute / 1000} * interval '1 second',
    ${sessions.lastSeenAt} + ${idle / 1000} * interval '1 second')`.mapWith(sessions.endsAt);

/** Why time ended it: the idle limit when that came first. */
export const endingColumn = ({ idle, absolute }: Limits) =>
  sql<"idle" | "expired">`case when ${sessions.lastSeenAt} + ${idle / 1000} * interval '1 second'
    < least(${sessions.endsAt}, ${sessions.startedAt} + ${absolute / 1000} * interval '1 second') then 'idle' else 'expired' end`;

/** Open at a moment, over `sessions`, in a form that the index of open ones answers. */
export const isLive = ({ idle, absolute }: Limits, at: Date): SQL =>
  and(
    isNull(sessions.endedAt),
    gt(sessions.endsAt, at),
    gt(sessions.startedAt, new Date(at.getTime() - absolute)),
    gt(sessions.lastSeenAt, new Date(at.getTime() - idle)),
  ) as SQL;

/** Open, and of somebody who has given all that the sign-in asked for: a right password alone is no sign-in yet. */
export const isSignedIn = (limits: Limits, at: Date): SQL =>
  and(isLive(limits, at), ne(sessions.stage, "second_factor")) as SQL;
