import { z } from "zod";
import { type Body, body, versioned } from "@/lib/api/body";
import { resourceBodies } from "@/lib/api/resources";
import { accountBodies } from "@/lib/api/service-accounts";
import type { Ctx } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { addMember } from "@/lib/groups/commands/add-member";
import { createGroup } from "@/lib/groups/commands/create";
import { deleteGroup } from "@/lib/groups/commands/delete";
import { removeMember } from "@/lib/groups/commands/remove-member";
import { updateGroup, updateGroupRoles } from "@/lib/groups/commands/update";
import { createGroupSchema, memberSchema } from "@/lib/groups/schema";
import { findGroup } from "@/lib/memberships/scoped";
import { findPerson } from "@/lib/people/scoped";
import { uuid } from "@/lib/platform/uuid";
import { createRole } from "@/lib/roles/commands/create";
import { updateRole } from "@/lib/roles/commands/update";
import { getRole } from "@/lib/roles/detail";
import { createRoleSchema, updateRoleSchema } from "@/lib/roles/schema";
import { archiveUser } from "@/lib/users/commands/archive";
import { createUser } from "@/lib/users/commands/create";
import { disableUser, enableUser } from "@/lib/users/commands/disable";
import { restoreUser } from "@/lib/users/commands/restore";
import { updateUser } from "@/lib/users/commands/update";
import { updateAccess } from "@/lib/users/commands/update-access";
import { storedForm } from "@/lib/users/conflict";
import {
  archiveUserSchema,
  createUserSchema,
  disableUserSchema,
  enableUserSchema,
  restoreUserSchema,
  updateUserSchema,
} from "@/lib/users/schema";

/** RFC 3339; the command says whether it is one. */
const moment = z.string().meta({ format: "date-time" });
const end = moment.nullable().default(null);
const text = z.string();
const ids = z.array(uuid());

const user = createUserSchema.shape;
const edited = updateUserSchema.shape;
const role = createRoleSchema.shape;
const group = createGroupSchema.shape;
const carried = z.array(z.strictObject({ roleId: uuid(), endsAt: end }));

const ends = (given: z.output<typeof carried>) => given.map(({ roleId, endsAt }) => ({ roleId, endsAt: endsAt ?? "" }));

/** What the console has seen of a user before it goes back on something; a program has no "Undo". */
const seen = { version: true, seenChangeId: true } as const;

export const bodies: readonly Body[] = [
  ...accountBodies,
  ...resourceBodies,
  body(
    createUser,
    z.strictObject({
      username: text,
      email: text,
      firstName: text,
      lastName: text.default(""),
      primaryRoleId: uuid(),
      additionalRoleIds: ids.default([]),
      managerId: uuid().nullable().default(null),
      groupIds: ids.default([]),
      credentials: user.credentials.default("invite"),
      password: text.meta({ format: "password" }).optional(),
      mustChangePassword: z.boolean().default(true),
      notify: z.boolean().default(false),
      configuration: text.default("default"),
    }),
    (_, { password = "", ...given }) => ({ ...given, password, confirmPassword: password }),
  ),
  versioned(
    updateUser,
    z.strictObject({
      id: uuid(),
      email: text.optional(),
      firstName: text.optional(),
      lastName: text.optional(),
      primaryRoleId: uuid().optional(),
      additionalRoleIds: edited.additionalRoleIds.optional(),
      managerId: uuid().nullable().optional(),
      accessEndsAt: moment.nullable().optional(),
    }),
    async (ctx, { id, accessEndsAt, ...given }, version) => {
      const { memberships, roleEnds, ...stored } = await storedForm(ctx.db, await personInSight(ctx, id));
      const form = { ...stored, ...given };
      const ending = accessEndsAt === undefined ? stored.accessEndsAt : accessEndsAt;
      return {
        ...form,
        id,
        version: version ?? stored.version,
        accessEndsAt: ending ?? "",
        password: "",
        confirmPassword: "",
      };
    },
  ),
  versioned(
    updateAccess,
    z.strictObject({
      id: uuid(),
      memberships: z
        .array(z.strictObject({ groupId: uuid(), endsAt: end }))
        .optional()
        .meta({ description: "The full list: memberships that are left out end." }),
      roleEnds: z
        .array(z.strictObject({ roleId: uuid(), endsAt: end }))
        .optional()
        .meta({ description: "When additional roles end. Roles that are left out keep their end." }),
    }),
    async (ctx, { id, memberships, roleEnds = [] }, version) => {
      const stored = await storedForm(ctx.db, await personInSight(ctx, id));
      const held = memberships ?? stored.memberships;
      return {
        id,
        version: version ?? stored.version,
        memberships: held.map(({ groupId, endsAt }) => ({ groupId, endsAt: endsAt ?? "" })),
        roleEnds: ends(roleEnds),
      };
    },
  ),
  body(
    disableUser,
    z.strictObject({ id: uuid(), reason: disableUserSchema.shape.reason, until: end }),
    (_, { until, ...given }) => ({ ...given, until: until ?? "" }),
  ),
  body(enableUser, enableUserSchema.omit(seen), (_, given) => given),
  body(archiveUser, archiveUserSchema.omit(seen), (_, given) => given),
  body(restoreUser, restoreUserSchema.omit(seen), (_, given) => given),
  body(
    createGroup,
    z.strictObject({
      name: group.name,
      description: text.default(""),
      ownerId: uuid().nullable().default(null),
      roles: carried.default([]),
    }),
    (_, { roles, ...given }) => ({ ...given, roles: ends(roles) }),
  ),
  versioned(
    updateGroup,
    z.strictObject({
      id: uuid(),
      name: text.optional(),
      description: text.optional(),
      ownerId: uuid().nullable().optional(),
    }),
    async (ctx, { id, ...given }, version) => {
      const { name, description, ownerId, ...stored } = await groupInSight(ctx, id);
      return { name, description, ownerId, ...given, id, version: version ?? stored.version };
    },
  ),
  versioned(updateGroupRoles, z.strictObject({ id: uuid(), roles: carried }), async (ctx, { id, roles }, version) => ({
    id,
    roles: ends(roles),
    version: version ?? (await groupInSight(ctx, id)).version,
  })),
  versioned(deleteGroup, z.strictObject({ id: uuid() }), async (ctx, { id }, version) => ({
    id,
    version: version ?? (await groupInSight(ctx, id)).version,
  })),
  body(addMember, z.strictObject({ groupId: uuid(), userId: uuid(), endsAt: end }), (_, { endsAt, ...given }) => ({
    ...given,
    endsAt: endsAt ?? "",
  })),
  body(removeMember, memberSchema, (_, given) => given),
  body(
    createRole,
    z.strictObject({
      kind: role.kind,
      name: role.name,
      description: text.default(""),
      rank: role.rank.default(null),
      combinesWith: role.combinesWith.default([]),
      operations: role.operations.default([]),
    }),
    (_, given) => given,
  ),
  versioned(
    updateRole,
    updateRoleSchema.omit({ version: true }).partial().required({ id: true }),
    async (ctx, { id, ...given }, version) => {
      const { name, description, rank, combinesWith, operations, ...stored } = await getRole(ctx, id);
      const kept = { name, description, rank, combinesWith, operations };
      return { ...kept, ...given, id, version: version ?? stored.version };
    },
  ),
];

async function personInSight(ctx: Ctx, id: string) {
  const found = await findPerson(ctx, "user.read", id);
  if (!found) throw notFound("The user");
  return found;
}

async function groupInSight(ctx: Ctx, id: string) {
  const found = await findGroup(ctx, id);
  if (!found) throw notFound("The group");
  return found;
}
