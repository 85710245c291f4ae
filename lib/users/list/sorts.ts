import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { statusWord } from "@/lib/authz/account-status";
import { momentKey } from "@/lib/lists/pagination";
import { liveStatuses, type UserSort } from "@/lib/users/filters";

/**
 * One sort key: its expression exactly as its index has it, what a cursor may contain for it, and the name of its copy beside
 * memberships and roles, if there is one.
 */
export type SortKey = { column: SQL; type: SQL; shape: z.ZodType<string>; copy?: string };

const anyText = z.string().refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text));
const moment = z.union([z.literal("-infinity"), momentKey]);

const text = (column: string): SortKey => ({
  column: sql.raw(`users.${column}`),
  type: sql.raw("text"),
  shape: anyText,
});
const time = (expression: string): SortKey => ({
  column: sql.raw(expression),
  type: sql.raw("timestamptz"),
  shape: moment,
});

const name: SortKey = { ...text("name_key"), copy: "person_name_key" };

/** By status and by name within, for those who have been collected. */
export const byStatus = (at: Date): SortKey[] => [
  { column: statusWord(at), type: sql.raw("text"), shape: z.enum(liveStatuses) },
  name,
];

/** The only identifiers that a list is ever ordered by. `status` is no column: its list is one list per status, by name. */
export const sortKeys: Record<UserSort, SortKey[]> = {
  name: [name],
  username: [text("username_key")],
  email: [text("email_key")],
  status: [name],
  configuration: [text("configuration"), name],
  createdAt: [time("users.created_at")],
  lastSignInAt: [{ ...time("coalesce(users.last_sign_in_at, '-infinity'::timestamptz)"), copy: "person_last_sign_in" }],
};

/** Whether all that a list is ordered by is copied beside memberships and roles. */
export const isCopied = (by: UserSort) => by !== "status" && sortKeys[by].every(({ copy }) => copy);

/** Whether a list is ordered by name alone. */
export const isByName = (keys: SortKey[]) => keys.length === 1 && keys[0] === name;
