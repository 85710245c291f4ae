import { inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { groups, roles } from "@/db/schema";
import { raiserOf, refuseStale as refuseReplaced, savedMeanwhile, staleProblem } from "@/lib/audit/raiser";
import type { Ctx, Reads } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { fullName } from "@/lib/normalization/names";
import { type HeldBy, heldBy } from "@/lib/people/held";
import { namedInSight, type UserRow } from "@/lib/people/scoped";
import { refuseFollowed } from "@/lib/users/state-changes";

/** The forms' own fields of a person in their current state, for the comparison of U9. Never a password. */
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
  problem: typeof staleProblem;
  current: StoredForm;
  /** Within a sentence: "Bob Baker", or "you" when `self`, which means in another window. */
  savedBy: string;
  self: boolean;
  /** Null when the log does not say. */
  savedAt: string | null;
  /** What `current` has only as ids, by name: roles, groups, and the manager. */
  names: Record<string, string>;
};

/** Refuses an edit of a version that somebody has replaced meanwhile, and says by whom, when, and with what. */
export async function refuseStale(ctx: Ctx, tx: Tx, person: UserRow, version: number): Promise<void> {
  if (person.version === version) return;
  const raiser = await raiserOf(ctx, tx, person);
  const current = await storedForm(tx, person);
  const conflict: Conflict = {
    problem: staleProblem,
    current,
    savedBy: raiser.name,
    self: raiser.self,
    savedAt: raiser.at?.toISOString() ?? null,
    names: await namesIn(ctx, tx, current),
  };
  throw new AppError(
    "conflict",
    `${savedMeanwhile(raiser, "this user")}. Choose what to keep. Your changes have not been saved yet.`,
    { details: conflict, named: raiser.named },
  );
}

type Seen = { version?: number | undefined; seenChangeId?: string | undefined };

/**
 * Refuses what was asked with a version that somebody has replaced meanwhile, or after a change of state that another has followed,
 * where the request says which one was on screen.
 */
export async function refuseChanged(ctx: Ctx, tx: Tx, person: UserRow, seen: Seen): Promise<void> {
  const { version = person.version, seenChangeId } = seen;
  await refuseReplaced(ctx, tx, { ...person, name: fullName(person) }, version, { noun: "user" });
  if (seenChangeId) await refuseFollowed(ctx, tx, person, seenChangeId);
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

export const storedForm = async (db: Reads | Tx, person: UserRow): Promise<StoredForm> =>
  formWith(person, await heldBy(db, person.id));

/** The same where what is held is known. */
export const formWith = (person: UserRow, held: HeldBy): StoredForm => ({
  version: person.version,
  email: person.email,
  firstName: person.firstName,
  lastName: person.lastName,
  primaryRoleId: person.primaryRoleId,
  additionalRoleIds: held.roles.map(({ id }) => id).sort(),
  managerId: person.managerId,
  accessEndsAt: person.accessEndsAt?.toISOString() ?? null,
  memberships: held.groups.map(({ id, endsAt }) => ({ groupId: id, endsAt: endsAt?.toISOString() ?? null })),
  roleEnds: held.roles.map(({ id, endsAt }) => ({ roleId: id, endsAt: endsAt?.toISOString() ?? null })),
});
