import { type SQL, sql } from "drizzle-orm";
import { versionKey } from "@/db/client-keys";
import type { Connection } from "@/db/enums";
import { statusCondition } from "@/lib/authz/account-status";
import { isConnected } from "@/lib/clients/connected";
import { onlineWithin, staleAfter } from "@/lib/clients/connection";

/** Whether `connectionAt` is this, as conditions on `clients` that indexes can answer; the test of all lists compares both. */
export function connectionCondition(connection: Connection, now: Date): SQL {
  const before = (silence: number) => sql`${new Date(now.getTime() - silence).toISOString()}::timestamptz`;
  const heard = sql`clients.last_heartbeat_at is not null`;
  const ended = sql`clients.status = 'deregistered'`;
  const awaits = sql`(clients.awaiting and clients.status <> 'deregistered')`;
  const inForce = sql`exists(select 1 from users where users.id = clients.user_id and (${statusCondition("active", now)}
    or ${statusCondition("locked", now)} or ${statusCondition("invited", now)}))`;
  const beats = sql`(clients.last_heartbeat_at >= ${before(onlineWithin)} and ${isConnected} and ${inForce})`;
  const settled = sql`not clients.awaiting and clients.status <> 'deregistered'`;
  switch (connection) {
    case "awaiting client":
      return sql`(${awaits} and (clients.status = 'registered' or ${heard}))`;
    case "never contacted":
      return sql`(clients.last_heartbeat_at is null and not (${awaits} and clients.status = 'registered'))`;
    case "stale":
      return sql`(clients.last_heartbeat_at <= ${before(staleAfter)} and ${settled})`;
    case "online":
      return sql`(${beats} and ${settled})`;
    case "offline":
      return sql`(${heard} and (${ended} or (${settled} and clients.last_heartbeat_at > ${before(staleAfter)} and not ${beats})))`;
  }
}

/** It has registered, and nothing has ended the key that it did so with; a disabled user only pauses it (C10). */
export const holdsLiveKey = sql`(clients.status = 'registered' and not clients.awaiting)`;

/** `newest`: the setting "Newest client version"; blank: no client is outdated. */
export const isOutdated = (newest: string): SQL =>
  newest === "" ? sql`false` : sql`${sql.raw(versionKey)} < ${`{${numbersOf(newest).join(",")}}`}::bigint[]`;

/** The second half follows from the first; an index answers it. */
export const hasNoVersion = sql`(clients.version is null and ${sql.raw(versionKey)} is null)`;

/** Exactly this text; the key is what an index answers it by. */
export function hasVersion(version: string): SQL {
  const numbers = /^v?([0-9]{1,9}(?:[.][0-9]{1,9}){0,3})/.exec(version)?.[1];
  const key = numbers === undefined ? sql`is null` : sql`= ${`{${numbersOf(numbers).join(",")}}`}::bigint[]`;
  return sql`(clients.version = ${version} and ${sql.raw(versionKey)} ${key})`;
}

/** As `versionKey` has them: "2.9.0" is 2.9. */
export function numbersOf(version: string): number[] {
  const numbers = version.split(".").map(Number);
  const last = numbers.findLastIndex((number, place) => number > 0 || place === 0);
  return numbers.slice(0, last + 1);
}
