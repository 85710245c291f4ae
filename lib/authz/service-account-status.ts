import { type SQL, sql } from "drizzle-orm";
import type { ShownStatus } from "@/db/enums";
import { statusCondition } from "@/lib/authz/account-status";

/**
 * Whether a service account works at a moment (T6): it has stopped once its owner was removed or purged without a replacement, somebody
 * has disabled it, or it is paused while its owner may not act.
 */
export const accountStatuses = ["working", "paused", "stopped", "disabled"] as const;
export type AccountStatus = (typeof accountStatuses)[number];

/** `owner`: the owner's status at that moment, null for none. */
export function accountStatusOf(disabledAt: Date | null, owner: ShownStatus | null): AccountStatus {
  if (owner === null || owner === "archived") return "stopped";
  if (disabledAt) return "disabled";
  return owner === "active" || owner === "locked" ? "working" : "paused";
}

/** The same as a condition on `service_accounts`; a table of cases tests both. */
export function accountStatusCondition(status: AccountStatus, at: Date): SQL {
  const owner = (condition: SQL) =>
    sql`exists(select 1 from users where users.id = service_accounts.owner_id and ${condition})`;
  const present = owner(sql`users.status <> 'archived'`);
  const acting = owner(sql`(${statusCondition("active", at)} or ${statusCondition("locked", at)})`);
  switch (status) {
    case "stopped":
      return sql`not ${present}`;
    case "disabled":
      return sql`(${present} and service_accounts.disabled_at is not null)`;
    case "paused":
      return sql`(${present} and service_accounts.disabled_at is null and not ${acting})`;
    case "working":
      return sql`(${present} and service_accounts.disabled_at is null and ${acting})`;
  }
}
