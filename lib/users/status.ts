import { type SQL, sql } from "drizzle-orm";
import type { ShownStatus, UserStatus } from "@/db/enums";
import type { LiveStatus } from "@/lib/users/filters";

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
 * disabled; a lock wins over active. `statusCondition` is the same in SQL.
 */
export function statusAt(person: Standing, at: Date): ShownStatus {
  if (person.status === "archived") return "archived";
  if (isEnded(person, at)) return "disabled";
  const over = person.status === "disabled" && person.disabledUntil !== null && person.disabledUntil <= at;
  if (person.status === "disabled" && !over) return "disabled";
  if (person.status === "invited") return "invited";
  return isLocked(person, at) ? "locked" : "active";
}

/** Whether `statusAt` is this, as one SQL expression over `users` that an index can answer; a test holds the two equal. */
export function statusCondition(status: LiveStatus, at: Date): SQL {
  const now = sql`${at.toISOString()}::timestamptz`;
  const inTime = sql`(users.access_ends_at is null or users.access_ends_at > ${now})`;
  const up = sql`(users.status = 'active' or (users.status = 'disabled' and users.disabled_until <= ${now}))`;
  switch (status) {
    case "disabled":
      return sql`((users.status = 'disabled' and (users.disabled_until is null or users.disabled_until > ${now}))
                  or (users.access_ends_at <= ${now} and users.status <> 'archived'))`;
    case "invited":
      return sql`(users.status = 'invited' and ${inTime})`;
    case "locked":
      return sql`(users.locked_at is not null and (users.locked_until is null or users.locked_until > ${now}) and ${up} and ${inTime})`;
    case "active":
      return sql`(${up} and ${inTime} and (users.locked_at is null or users.locked_until <= ${now}))`;
  }
}

/** The same as a word, for sorting those who have been found: no index knows it. */
export const statusWord = (at: Date): SQL =>
  sql`case when ${statusCondition("active", at)} then 'active' when ${statusCondition("disabled", at)} then 'disabled'
           when ${statusCondition("invited", at)} then 'invited' else 'locked' end`;

/** Archived and disabled people manage nobody (U8). */
const managing = ["active", "invited", "locked"] as const satisfies ShownStatus[];

export const canManage = (status: ShownStatus) => managing.some((one) => one === status);

/** The same as a condition on `users`: whom a picker offers. */
export const whoCanManage = (at: Date): SQL =>
  sql`(${sql.join(
    managing.map((status) => statusCondition(status, at)),
    sql` or `,
  )})`;
