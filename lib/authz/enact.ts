import { eq } from "drizzle-orm";
import type { z } from "zod";
import { groups, roleCombinations, roleOperations, roles } from "@/db/schema";
import type { Access, Scope } from "@/lib/authz/access";
import { judge, type Matter } from "@/lib/authz/judge";
import type { Ctx, Person } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { addMember } from "@/lib/groups/commands/add-member";
import { updateGroup } from "@/lib/groups/commands/update";
import { mayRun } from "@/lib/kernel/ask";
import type { AnyCommand, Command } from "@/lib/kernel/command";
import { type OperationKey, operationOf } from "@/lib/operations";
import { updateRole } from "@/lib/roles/commands/update";
import { enableUser } from "@/lib/users/commands/disable";
import { updateUser } from "@/lib/users/commands/update";
import { updateAccess } from "@/lib/users/commands/update-access";
import { storedForm } from "@/lib/users/conflict";
import { findPerson } from "@/lib/users/scoped";
import { answerOf, mayNot, type Verdict } from "@/lib/verdict";

type Named = { id: string; name: string };

/** A change of somebody's access that can be proposed: each is one command. */
export type Change =
  | { kind: "roles"; person: Named; primaryRoleId: string; additionalRoleIds: string[] }
  | { kind: "manager"; person: Named; managerId: string }
  | { kind: "join"; person: Named; group: Named & { ownerId: string | null } }
  | { kind: "owner"; group: Named & { ownerId: string | null }; ownerId: string }
  | { kind: "carry"; roleId: string; operation: string; scope: Scope }
  | { kind: "enable"; person: Named }
  | { kind: "end"; person: Named };

/** One way of making a change: the operation that it takes, the form that does it, and the command behind that form. */
export type Way = { operation: OperationKey; matter: Matter; href: string } & Use;

/** A command with what the form would send it, as far as the one who fills it in sees it. */
type Use = { command: AnyCommand; input: (ctx: Ctx) => Promise<unknown> };

const use = <S extends z.ZodType, V>(command: Command<S, V>, input: (ctx: Ctx) => Promise<z.output<S>>): Use => ({
  command,
  input,
});

/** The ways in which a change can be made, the plainest first. */
export function waysOf(change: Change): Way[] {
  switch (change.kind) {
    case "roles":
    case "manager":
    case "end":
      return [
        {
          operation: "user.update",
          matter: { person: change.person },
          href: `/admin/users/${change.person.id}`,
          ...use(updateUser, (ctx) => details(ctx, change)),
        },
      ];
    case "enable":
      return [
        {
          operation: "user.enable",
          matter: { person: change.person },
          href: `/admin/users/${change.person.id}`,
          ...use(enableUser, async () => ({ id: change.person.id })),
        },
      ];
    case "join":
      return [
        {
          operation: "group.add_member",
          matter: { person: change.person, ownerId: change.group.ownerId },
          href: `/admin/groups/${change.group.id}`,
          ...use(addMember, async () => ({ groupId: change.group.id, userId: change.person.id, endsAt: null })),
        },
        {
          operation: "user.update",
          matter: { person: change.person },
          href: `/admin/users/${change.person.id}/access`,
          ...use(updateAccess, (ctx) => memberships(ctx, change)),
        },
      ];
    case "owner":
      return [
        {
          operation: "group.update",
          matter: { person: null, ownerId: change.group.ownerId },
          href: `/admin/groups/${change.group.id}`,
          ...use(updateGroup, (ctx) => owner(ctx, change)),
        },
      ];
    case "carry":
      return [
        {
          operation: "role.update",
          matter: { person: null },
          href: `/admin/roles/${change.roleId}`,
          ...use(updateRole, (ctx) => carried(ctx, change)),
        },
      ];
  }
}

/**
 * Whether somebody may make a change this way: the judgement first, then the command itself is asked. `after`: what the
 * person whom it concerns would hold once it is made; null for what they hold now.
 */
export async function mayMake(
  ctx: Ctx<Person>,
  { operation, matter, command, input }: Way,
  after: Access | null,
): Promise<Verdict> {
  const verdict = await judge(ctx, ctx.db, operation, matter);
  if (!verdict.ok) return matter.person?.id === ctx.actor.id ? ownReason(operation) : verdict;
  try {
    return await mayRun(ctx, command, await input(ctx), { after });
  } catch (error) {
    return answerOf(error);
  }
}

const ownReason = (operation: OperationKey) =>
  mayNot(`You do not hold "${operationOf(operation).sentence}" for yourself.`);

async function personForm(ctx: Ctx, id: string) {
  const person = await findPerson(ctx, "user.read", id);
  if (!person) throw notFound("The user");
  return { person, form: await storedForm(ctx.db, person) };
}

async function details(ctx: Ctx, change: Extract<Change, { kind: "roles" | "manager" | "end" }>) {
  const { person, form } = await personForm(ctx, change.person.id);
  return {
    id: person.id,
    version: form.version,
    email: form.email,
    firstName: form.firstName,
    lastName: form.lastName,
    primaryRoleId: change.kind === "roles" ? change.primaryRoleId : form.primaryRoleId,
    additionalRoleIds: change.kind === "roles" ? change.additionalRoleIds : form.additionalRoleIds,
    managerId: change.kind === "manager" ? change.managerId : form.managerId,
    accessEndsAt: change.kind === "end" ? null : person.accessEndsAt,
    password: "",
    confirmPassword: "",
  };
}

async function memberships(ctx: Ctx, { person, group }: Extract<Change, { kind: "join" }>) {
  const { form } = await personForm(ctx, person.id);
  const dated = <T extends { endsAt: string | null }>(held: T) => ({
    ...held,
    endsAt: held.endsAt ? new Date(held.endsAt) : null,
  });
  const others = form.memberships.filter(({ groupId }) => groupId !== group.id).map(dated);
  return {
    id: person.id,
    version: form.version,
    memberships: [...others, { groupId: group.id, endsAt: null }],
    roleEnds: form.roleEnds.map(dated),
  };
}

async function owner(ctx: Ctx, { group, ownerId }: Extract<Change, { kind: "owner" }>) {
  const [stored] = await ctx.db.select().from(groups).where(eq(groups.id, group.id));
  if (!stored) throw notFound("The group");
  const { id, version, name, description } = stored;
  return { id, version, name, description, ownerId };
}

async function carried(ctx: Ctx, { roleId, operation, scope }: Extract<Change, { kind: "carry" }>) {
  const [stored] = await ctx.db.select().from(roles).where(eq(roles.id, roleId));
  if (!stored) throw notFound("The role");
  const held = await ctx.db.select().from(roleOperations).where(eq(roleOperations.roleId, roleId));
  const combined = await ctx.db.select().from(roleCombinations).where(eq(roleCombinations.roleId, roleId));
  const { id, version, name, description, rank } = stored;
  return {
    id,
    version,
    name,
    description,
    rank,
    combinesWith: combined.map(({ primaryRoleId }) => primaryRoleId),
    operations: [...held.map((one) => ({ operation: one.operation, scope: one.scope })), { operation, scope }],
  };
}
