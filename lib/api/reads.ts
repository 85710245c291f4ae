import { z } from "zod";
import { notCarried } from "@/lib/api/carried";
import { getClient } from "@/lib/api/clients";
import { type Endpoint, operationsNeeded, type Read } from "@/lib/api/endpoint";
import { describeToken } from "@/lib/api/me";
import * as shapes from "@/lib/api/shapes";
import { totalOf } from "@/lib/api/total";
import type { TokenActor } from "@/lib/authz/principal";
import type { Ctx } from "@/lib/context";
import { getGroup } from "@/lib/groups/queries";
import { heldBy } from "@/lib/people/held";
import { namesInSight } from "@/lib/people/scoped";
import { getRole } from "@/lib/roles/detail";
import { refusedRead } from "@/lib/tokens/refused-read";
import { getUser, givenIn } from "@/lib/users/queries";
import { userIdSchema } from "@/lib/users/schema";

type Reading<S extends z.ZodObject> = Omit<Read, "kind" | "method" | "input" | "read"> & {
  input: S;
  read: (ctx: Ctx<TokenActor>, input: z.output<S>) => Promise<unknown>;
};

/** What is read; refused to a token that may not read such a thing of anybody. */
export const read = <S extends z.ZodObject>({ read: run, ...more }: Reading<S>): Endpoint => ({
  ...more,
  kind: "read",
  method: "GET",
  read: async (anyone, input) => {
    const ctx = anyone as Ctx<TokenActor>;
    const [operation] = operationsNeeded(more.operation);
    const refusal = notCarried(ctx, more.operation);
    if (refusal && operation) throw await refusedRead(ctx, operation, refusal);
    return run(ctx, input as z.output<S>);
  },
});

export const outOfSight = { id: null, name: "somebody outside your view" };
export const ownerShown = (owner: { id: string | null; name: string; visible: boolean } | null) =>
  owner && (owner.visible ? { id: owner.id, name: owner.name } : outOfSight);

export const singleReads: Endpoint[] = [
  read({
    path: "/me",
    name: "me.read",
    summary: "Retrieve the owner and the operations of this token",
    tag: "Tokens",
    operation: null,
    input: z.strictObject({}),
    gives: shapes.meShape,
    read: async (ctx) => describeToken(ctx),
  }),
  read({
    path: "/users/{id}",
    name: "user.read",
    summary: "Retrieve a user",
    tag: "Users",
    operation: "user.read",
    input: userIdSchema,
    gives: shapes.userShape,
    async read(ctx, { id }) {
      const user = await getUser(ctx, id);
      const { memberships, direct } = givenIn(await heldBy(ctx.db, user.id));
      const managers = await namesInSight(ctx, user.managerId ? [user.managerId] : []);
      return {
        ...user,
        additionalRoles: direct.map(({ roleId, ...role }) => ({ ...role, id: roleId })),
        groups: memberships.map(({ groupId, ...group }) => ({ ...group, id: groupId })),
        manager: user.managerId && (managers.get(user.managerId) ?? outOfSight),
        version: user.form.version,
      };
    },
  }),
  read({
    path: "/groups/{id}",
    name: "group.read",
    summary: "Retrieve a group",
    tag: "Groups",
    operation: "group.read",
    input: userIdSchema,
    gives: shapes.groupShape,
    async read(ctx, { id }) {
      const group = await getGroup(ctx, id);
      return {
        ...group,
        owner: ownerShown(group.owner),
        roles: group.roles.map(({ roleId, ...role }) => ({ ...role, id: roleId })),
        members: totalOf(group.members.all),
      };
    },
  }),
  read({
    path: "/clients/{id}",
    name: "client.read",
    summary: "Retrieve a client",
    tag: "Clients",
    operation: "client.read",
    input: userIdSchema,
    gives: shapes.clientShape,
    read: (ctx, { id }) => getClient(ctx, id),
  }),
  read({
    path: "/roles/{id}",
    name: "role.read",
    summary: "Retrieve a role",
    tag: "Roles",
    operation: "role.read",
    input: userIdSchema,
    gives: shapes.roleShape,
    async read(ctx, { id }) {
      const role = await getRole(ctx, id);
      return { ...role, people: totalOf(role.people) };
    },
  }),
];
