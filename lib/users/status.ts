import { type SQL, sql } from "drizzle-orm";
import type { ShownStatus, UserStatus } from "@/db/enums";

/** What the state of a person is made of (U10). */
export type Standing = {
  status: UserStatus;
  disabledUntil: Date | null;
  accessEndsAt: Date | null;
  lockedAt: Date | null;
  lockedUntil: Date | null;
};

export const isLocked = ({ lockedAt, lockedUntil }: Pick<Standing, "lockedAt" | "lockedUntil">, at: Date) =>
  lockedAt !== null && (lockedUntil === null || lockedUntil > at);

export const isEnded = ({ accessEndsAt }: Pick<Standing, "accessEndsAt">, at: Date) =>
  accessEndsAt !== null && accessEndsAt <= at;

/**
 * The state of a person at a moment. A disablement whose end has passed is over; access that has ended counts as
 * disabled; a lock wins over active. `shownStatus` is the same in SQL.
 */
export function statusAt(person: Standing, at: Date): ShownStatus {
  if (person.status === "archived") return "archived";
  if (isEnded(person, at)) return "disabled";
  const over = person.status === "disabled" && person.disabledUntil !== null && person.disabledUntil <= at;
  if (person.status === "disabled" && !over) return "disabled";
  if (person.status === "invited") return "invited";
  return isLocked(person, at) ? "locked" : "active";
}

/** `statusAt` as one SQL expression over the columns of `users`. */
export function shownStatus(at: Date): SQL<ShownStatus> {
  const now = sql`${at.toISOString()}::timestamptz`;
  return sql<ShownStatus>`case
    when users.status = 'archived' then 'archived'
    when users.access_ends_at <= ${now} then 'disabled'
    when users.status = 'disabled' and (users.disabled_until is null or users.disabled_until > ${now}) then 'disabled'
    when users.status = 'invited' then 'invited'
    when users.locked_at is not null and (users.locked_until is null or users.locked_until > ${now}) then 'locked'
    else 'active' end`;
}
