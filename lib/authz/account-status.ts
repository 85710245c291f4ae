import { type SQL, sql } from "drizzle-orm";
import type { ShownStatus, UserStatus } from "@/db/enums";
import { users } from "@/db/schema";

/** What the state of a person is made of (U10). */
export type Standing = {
  status: UserStatus;
  /** What somebody disabled was, and is again once the disablement is over. */
  statusBeforeDisable: UserStatus | null;
  disabledUntil: Date | null;
  accessEndsAt: Date | null;
  lockedAt: Date | null;
  lockedUntil: Date | null;
};

/** The columns of `users` that determine it. */
export const standingColumns = {
  status: users.status,
  statusBeforeDisable: users.statusBeforeDisable,
  disabledUntil: users.disabledUntil,
  accessEndsAt: users.accessEndsAt,
  lockedAt: users.lockedAt,
  lockedUntil: users.lockedUntil,
};

export const isLocked = ({ lockedAt, lockedUntil }: Pick<Standing, "lockedAt" | "lockedUntil">, at: Date) =>
  lockedAt !== null && (lockedUntil === null || lockedUntil > at);

export const isEnded = ({ accessEndsAt }: Pick<Standing, "accessEndsAt">, at: Date) =>
  accessEndsAt !== null && accessEndsAt <= at;

/** Whether a stored disablement has reached its end. */
const isOver = ({ status, disabledUntil }: Pick<Standing, "status" | "disabledUntil">, at: Date) =>
  status === "disabled" && disabledUntil !== null && disabledUntil <= at;

type Stored = Pick<Standing, "status" | "statusBeforeDisable" | "disabledUntil">;

/** The stored state, but for a disablement whose end has passed: then what the person was before it. */
export const storedStatusAt = (person: Stored, at: Date): UserStatus =>
  isOver(person, at) ? (person.statusBeforeDisable ?? "active") : person.status;

/**
 * The state of a person at a moment. A disablement whose end has passed is over; access that has ended counts as
 * disabled; a lock wins over active. `statusCondition` is the same in SQL.
 */
export function statusAt(person: Standing, at: Date): ShownStatus {
  if (person.status === "archived") return "archived";
  if (isEnded(person, at)) return "disabled";
  const stored = storedStatusAt(person, at);
  return stored === "active" && isLocked(person, at) ? "locked" : stored;
}

/** Whether the account opens to its person: they may have sessions, and use them while a lock keeps new sign-ins out. */
export const isInForce = (status: ShownStatus): boolean => status === "active" || status === "locked";

/** Whether somebody counts as disabled by the end of their access alone. */
export const hasOnlyEnded = (person: Standing, at: Date): boolean =>
  isEnded(person, at) && !["archived", "disabled"].includes(storedStatusAt(person, at));

const moment = (at: Date) => sql`${at.toISOString()}::timestamptz`;

/** Whether `storedStatusAt` is "active" or "invited", for the rows of this alias of `users`. */
function inForce(status: "active" | "invited", at: Date, alias: string): SQL {
  const column = (name: string) => sql.raw(`${alias}.${name}`);
  const before =
    status === "invited"
      ? sql`${column("status_before_disable")} = 'invited'`
      : sql`${column("status_before_disable")} is distinct from 'invited'`;
  return sql`(${column("status")} = ${sql.raw(`'${status}'`)}
    or (${column("status")} = 'disabled' and ${column("disabled_until")} <= ${moment(at)} and ${before}))`;
}

/** Active, or active again since a disablement is over; locked or not, and whatever the end of access. */
export const activeCondition = (at: Date, alias = "users") => inForce("active", at, alias);

/** Whether `statusAt` is this, as one SQL expression over `users` that an index can answer; a table of cases tests both. */
export function statusCondition(status: Exclude<ShownStatus, "archived">, at: Date): SQL {
  const now = moment(at);
  const inTime = sql`(users.access_ends_at is null or users.access_ends_at > ${now})`;
  switch (status) {
    case "disabled":
      return sql`((users.status = 'disabled' and (users.disabled_until is null or users.disabled_until > ${now}))
                  or (users.access_ends_at <= ${now} and users.status <> 'archived'))`;
    case "invited":
      return sql`(${inForce("invited", at, "users")} and ${inTime})`;
    case "locked":
      return sql`(users.locked_at is not null and (users.locked_until is null or users.locked_until > ${now})
                  and ${activeCondition(at)} and ${inTime})`;
    case "active":
      return sql`(${activeCondition(at)} and ${inTime} and (users.locked_at is null or users.locked_until <= ${now}))`;
  }
}

/** Archived, disabled, or without access any more: people who should own and manage nothing. */
export const hasLeft = (at: Date): SQL => sql`(users.status = 'archived' or ${statusCondition("disabled", at)})`;

/** The state as a word, for sorting those who have been found: no index knows it. */
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
