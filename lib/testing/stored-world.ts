import type { Tx } from "@/db/client";
import {
  groupMembers,
  groupRoles,
  groups,
  roleCombinations,
  roleOperations,
  roles,
  userRoles,
  users,
} from "@/db/schema";
import type { World } from "@/lib/testing/worlds";

/** A company as it is in the database now, for the oracle: what has changed since it was drawn, and who has come. */
export async function storedWorld(tx: Tx, now: Date): Promise<World> {
  const carried = await tx.select().from(roleOperations);
  const needs = await tx.select().from(roleCombinations);
  const held = await tx.select().from(userRoles);
  const given = await tx.select().from(groupRoles);
  const inside = await tx.select().from(groupMembers);
  return {
    now,
    roles: (await tx.select().from(roles)).map(({ id, name, kind, rank, admin }) => ({
      ...{ id, name, kind, rank, admin },
      needs: needs.flatMap(({ roleId, primaryRoleId }) => (roleId === id ? [primaryRoleId] : [])),
      operations: carried.flatMap(({ roleId, operation, scope }) => (roleId === id ? [{ operation, scope }] : [])),
    })),
    people: (await tx.select().from(users)).map(
      ({ id, username, managerId, primaryRoleId, status, accessEndsAt, disabledUntil }) => ({
        ...{ id, username, managerId, primaryRoleId, accessEndsAt },
        status: status === "disabled" && disabledUntil !== null && disabledUntil <= now ? "active" : status,
        roles: held.flatMap(({ userId, roleId, endsAt }) => (userId === id ? [{ roleId, endsAt }] : [])),
      }),
    ),
    groups: (await tx.select().from(groups)).map(({ id, name, ownerId }) => ({
      ...{ id, name, ownerId },
      roles: given.flatMap(({ groupId, roleId, endsAt }) => (groupId === id ? [{ roleId, endsAt }] : [])),
      members: inside.flatMap(({ groupId, userId, endsAt }) => (groupId === id ? [{ userId, endsAt }] : [])),
    })),
  };
}
