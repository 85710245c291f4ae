import { and, sql } from "drizzle-orm";
import { users } from "@/db/schema";
import { statusCondition } from "@/lib/authz/account-status";
import { authorize } from "@/lib/authz/authorize";
import type { Decision } from "@/lib/authz/decision";
import { within } from "@/lib/authz/relation";
import { latestFirst, serveByKey } from "@/lib/lists/serve-by-key";
import { columns, type ListedUser, withDetails } from "@/lib/people/rows";
import { searchCondition } from "@/lib/people/search";
import { lockedUserList } from "@/lib/sessions/filters";

export type LockedUser = Pick<ListedUser, "id" | "name" | "username" | "roles" | "picture"> & {
  since: Date;
  /** Null: until an administrator unlocks. */
  until: Date | null;
  mayUnlock: Decision;
};

/** The people who are locked now and whom the actor may see, the latest first. */
export const servedLockedUsers = serveByKey(lockedUserList, {
  from: sql`users`,
  id: users.id,
  within: (ctx) =>
    and(sql`users.status <> 'archived'`, statusCondition("locked", ctx.now()), within(ctx, "user.read", users.id)),
  search: (q) => searchCondition(q),
  filters: {},
  sorts: latestFirst(users.lockedAt),
  choices: {},
  find: (ctx, { where, order, limit, key }) =>
    ctx.db.select({ id: users.id, person: columns, key }).from(users).where(where).orderBy(order).limit(limit),
  async rows(ctx, found): Promise<LockedUser[]> {
    const people = found.map(({ person }) => person);
    const listed = await withDetails(ctx, people);
    return Promise.all(
      listed.map(async ({ id, name, username, roles, picture }, index) => ({
        id,
        name,
        username,
        roles,
        picture,
        since: people[index]?.lockedAt ?? ctx.now(),
        until: people[index]?.lockedUntil ?? null,
        mayUnlock: await authorize(ctx, ctx.db, "user.unlock", { person: { id, name } }),
      })),
    );
  },
});

export const { ask: askLockedUsers, page: listLockedUsers, count: countLockedUsers } = servedLockedUsers;
