import { type SQL, sql } from "drizzle-orm";
import { statusCondition } from "@/lib/users/status";

/** `credential`: a password or a passkey. `link`: none, but one by which a password can be set is open. */
export type WayIn = "credential" | "link" | "none";

const withoutCredential = sql`exists (select 1 from without_credential w where w.user_id = users.id)`;

const openLink = (at: Date) => sql`exists (select 1 from links l where l.user_id = users.id
  and l.purpose in ('invitation', 'password_reset') and l.used_at is null and l.revoked_at is null
  and l.expires_at > ${at.toISOString()}::timestamptz)`;

/** By what a row of `users` can sign in at a moment, as far as it is up to credentials. */
export const wayIn = (at: Date): SQL<WayIn> =>
  sql`case when not ${withoutCredential} then 'credential' when ${openLink(at)} then 'link' else 'none' end`;

/** People who might sign in as far as their state goes, and have nothing to sign in with (U13). */
export const lacksWayIn = (at: Date): SQL =>
  sql`(users.id in (select user_id from without_credential) and ${wayIn(at)} = 'none'
       and (${statusCondition("active", at)} or ${statusCondition("invited", at)} or ${statusCondition("locked", at)}))`;
