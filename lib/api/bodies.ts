import { z } from "zod";
import type { Ctx } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { addMember } from "@/lib/groups/commands/add-member";
import { createGroup } from "@/lib/groups/commands/create";
import { deleteGroup } from "@/lib/groups/commands/delete";
import { updateGroup, updateGroupRoles } from "@/lib/groups/commands/update";
import { createGroupSchema } from "@/lib/groups/schema";
import type { AnyCommand, Command } from "@/lib/kernel/command";
import { findGroup } from "@/lib/memberships/scoped";
import { findPerson } from "@/lib/people/scoped";
import { uuid } from "@/lib/platform/uuid";
import { deleteResource } from "@/lib/resources/commands/delete";
import { registerResource } from "@/lib/resources/commands/register";
import { updateResource } from "@/lib/resources/commands/update";
import { registerResourceSchema as registered, updateResourceSchema } from "@/lib/resources/schema";
import { findResource } from "@/lib/resources/scoped";
import { createRole } from "@/lib/roles/commands/create";
import { updateRole } from "@/lib/roles/commands/update";
import { getRole } from "@/lib/roles/detail";
import { createRoleSchema, updateRoleSchema } from "@/lib/roles/schema";
import { createUser } from "@/lib/users/commands/create";
import { disableUser } from "@/lib/users/commands/disable";
import { updateUser } from "@/lib/users/commands/update";
import { storedForm } from "@/lib/users/conflict";
import { createUserSchema, disableUserSchema, updateUserSchema } from "@/lib/users/schema";

/**
 * What programs send to a command whose input is that of a form: what a form always has is optional here, no end is null, and
 * the version comes by `If-Match`. `complete` makes the command's input of it.
 */
export type Body = {
  command: AnyCommand;
  input: z.ZodObject;
  versioned: boolean;
  complete: (ctx: Ctx, given: Record<string, unknown>, version: number | null) => Promise<unknown>;
};

type Completing<S extends z.ZodObject, I> = (ctx: Ctx, given: z.output<S>, version: number | null) => I | Promise<I>;

const body = <S extends z.ZodObject, C extends z.ZodType, V>(
  command: Command<C, V>,
  input: S,
  complete: Completing<S, z.input<C>>,
  versioned = false,
): Body => ({
  command,
  input,
  versioned,
  complete: async (ctx, given, version) => complete(ctx, given as z.output<S>, version),
});

const versioned = <S extends z.ZodObject, C extends z.ZodType, V>(
  command: Command<C, V>,
  input: S,
  complete: Completing<S, z.input<C>>,
) => body(command, input, complete, true);

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

export const bodies: readonly Body[] = [
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
      password: text.optional(),
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
      const person = await findPerson(ctx, "user.read", id);
      if (!person) throw notFound("The user");
      const { memberships, roleEnds, ...stored } = await storedForm(ctx.db, person);
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
  body(
    disableUser,
    z.strictObject({ id: uuid(), reason: disableUserSchema.shape.reason, until: end }),
    (_, { until, ...given }) => ({ ...given, until: until ?? "" }),
  ),
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
  versioned(
    registerResource,
    registered.omit({ version: true }).extend({ url: registered.shape.url.default(null) }),
    (_, given, version) => ({ ...given, version }),
  ),
  versioned(
    updateResource,
    updateResourceSchema.omit({ version: true }).partial().required({ id: true }),
    async (ctx, { id, ...given }, version) => {
      const { name, url, ownerId, ...stored } = await resourceInSight(ctx, id);
      return { name, url, ownerId: ownerId ?? "", ...given, id, version: version ?? stored.version };
    },
  ),
  versioned(deleteResource, z.strictObject({ id: uuid() }), async (ctx, { id }, version) => ({
    id,
    version: version ?? (await resourceInSight(ctx, id)).version,
  })),
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

async function groupInSight(ctx: Ctx, id: string) {
  const found = await findGroup(ctx, id);
  if (!found) throw notFound("The group");
  return found;
}

async function resourceInSight(ctx: Ctx, id: string) {
  const found = await findResource(ctx, id);
  if (!found) throw notFound("The resource");
  return found;
}
