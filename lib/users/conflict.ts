import { and, desc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { events, groupMembers, groups, roles, userRoles, users } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { fullName } from "@/lib/users/names";
import { namedInSight, type UserRow } from "@/lib/users/scoped";

/** The forms' own fields of a person as they stand now, for the comparison of U9. Never a password. */
export type StoredForm = {
  version: number;
  email: string;
  firstName: string;
  lastName: string;
  primaryRoleId: string;
  additionalRoleIds: string[];
  managerId: string | null;
  accessEndsAt: string | null;
  memberships: { groupId: string; endsAt: string | null }[];
  roleEnds: { roleId: string; endsAt: string | null }[];
};

export type Conflict = {
  current: StoredForm;
  savedBy: string;
  savedAt: string;
  /** What `current` has only as ids, by name: roles, groups, and the manager. */
  names: Record<string, string>;
};

/** Refuses an edit of a version that somebody has replaced meanwhile, and says by whom, when, and with what. */
export async function refuseStale(ctx: Ctx, tx: Tx, person: UserRow, version: number): Promise<void> {
  if (person.version === version) return;
  const [last] = await tx
    .select({ at: events.at, actorId: events.actorId })
    .from(events)
    .where(
      and(
        eq(events.personId, person.id),
        eq(events.outcome, "succeeded"),
        inArray(events.operation, ["user.update", "account.update", "user.archive"]),
      ),
    )
    .orderBy(desc(events.at))
    .limit(1);
  const [author] = last?.actorId ? await tx.select().from(users).where(eq(users.id, last.actorId)) : [];
  const current = await storedForm(tx, person);
  const savedBy = author ? fullName(author) : "Somebody";
  const conflict: Conflict = {
    current,
    savedBy,
    savedAt: (last?.at ?? ctx.now()).toISOString(),
    names: await namesIn(ctx, tx, current),
  };
  throw new AppError(
    "conflict",
    `${savedBy} saved this user meanwhile. Choose what to keep; nothing of yours has been saved yet.`,
    {
      details: conflict,
    },
  );
}

async function namesIn(ctx: Ctx, tx: Tx, form: StoredForm): Promise<Record<string, string>> {
  const roleIds = [form.primaryRoleId, ...form.additionalRoleIds];
  const groupIds = form.memberships.map(({ groupId }) => groupId);
  const named = [
    ...(await tx.select({ id: roles.id, name: roles.name }).from(roles).where(inArray(roles.id, roleIds))),
    ...(await tx.select({ id: groups.id, name: groups.name }).from(groups).where(inArray(groups.id, groupIds))),
    form.managerId && (await namedInSight(ctx, tx, form.managerId)),
  ];
  return Object.fromEntries(named.flatMap((one) => (one ? [[one.id, one.name]] : [])));
}

export async function storedForm(tx: Pick<Tx, "select">, person: UserRow): Promise<StoredForm> {
  const direct = await tx.select().from(userRoles).where(eq(userRoles.userId, person.id));
  const memberships = await tx.select().from(groupMembers).where(eq(groupMembers.userId, person.id));
  return {
    version: person.version,
    email: person.email,
    firstName: person.firstName,
    lastName: person.lastName,
    primaryRoleId: person.primaryRoleId,
    additionalRoleIds: direct.map((row) => row.roleId).sort(),
    managerId: person.managerId,
    accessEndsAt: person.accessEndsAt?.toISOString() ?? null,
    memberships: memberships.map(({ groupId, endsAt }) => ({ groupId, endsAt: endsAt?.toISOString() ?? null })),
    roleEnds: direct.map(({ roleId, endsAt }) => ({ roleId, endsAt: endsAt?.toISOString() ?? null })),
  };
}
