import { and, sql } from "drizzle-orm";
import { users } from "@/db/schema";
import { authorize } from "@/lib/authz/authorize";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { countOf, foreignCursor, type Page, pageOf } from "@/lib/lists/pagination";
import type { SessionFilters } from "@/lib/sessions/filters";
import { latestFirst, momentOf, placeIn } from "@/lib/sessions/place";
import { columns, type ListedUser, withDetails } from "@/lib/users/list/rows";
import { searchCondition } from "@/lib/users/list/search";
import { statusCondition } from "@/lib/users/status";
import type { Verdict } from "@/lib/verdict";

export type LockedUser = Pick<ListedUser, "id" | "name" | "username" | "roles"> & {
  since: Date;
  /** Null: until an administrator unlocks. */
  until: Date | null;
  mayUnlock: Verdict;
};

/** One page of the people who are locked now and whom the actor may see, the latest first. */
export async function listLockedUsers(ctx: Ctx, filters: SessionFilters): Promise<Page<LockedUser>> {
  const place = placeIn("locked", filters);
  if (!place) throw foreignCursor();
  const where = lockedTo(ctx, filters.q);
  const { beyond, order, limit, key } = latestFirst(place, users.lockedAt, users.id);
  const [found, total] = await Promise.all([
    ctx.db
      .select({ id: users.id, person: columns, key })
      .from(users)
      .where(and(where, beyond))
      .orderBy(order)
      .limit(limit),
    countOf(ctx, sql`users where ${where}`),
  ]);
  const page = pageOf(place, found, momentOf);
  const people = page.rows.map(({ person }) => person);
  const listed = await withDetails(ctx, people);
  const rows = await Promise.all(
    listed.map(async ({ id, name, username, roles }, index) => ({
      id,
      name,
      username,
      roles,
      since: people[index]?.lockedAt ?? ctx.now(),
      until: people[index]?.lockedUntil ?? null,
      mayUnlock: await authorize(ctx, ctx.db, "user.unlock", { person: { id, name } }),
    })),
  );
  return { ...page, rows, total };
}

/** How many are locked in sight. */
export const countLockedUsers = (ctx: Ctx) => countOf(ctx, sql`users where ${lockedTo(ctx, "")}`);

const lockedTo = (ctx: Ctx, q: string) =>
  and(
    sql`users.status <> 'archived'`,
    statusCondition("locked", ctx.now()),
    within(ctx, "user.read", users.id),
    searchCondition(q) ?? undefined,
  );
