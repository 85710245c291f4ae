import { newId } from "@/db/columns";
import { passwords, userRoles, users } from "@/db/schema";
import { generatePassword } from "@/lib/auth/generate-password";
import { hashPassword } from "@/lib/auth/password-queue";
import type { Ctx } from "@/lib/context";
import { saveMemberships } from "@/lib/groups/store";
import { mutate } from "@/lib/mutate";
import { fullName, nameColumns } from "@/lib/users/names";
import { checkGroups, checkManager, checkRoles } from "@/lib/users/placement";
import type { CreateUser } from "@/lib/users/schema";
import { claimNames, traceOf } from "@/lib/users/store";

/** Creates an active user in one commit. A generated password is returned once and kept nowhere (U5). */
export async function createUser(ctx: Ctx, input: CreateUser): Promise<{ id: string; password: string | null }> {
  const generated = input.credentials === "generate" ? generatePassword() : null;
  const hash = await hashPassword(generated ?? input.password);
  const id = newId();
  return mutate(ctx, "user.create", {
    target: async () => ({ id, person: null, record: input, trace: null }),
    grants: () => ({
      roles: [input.primaryRoleId, ...input.additionalRoleIds].map((roleId) => ({ roleId, until: null })),
      memberships: input.groupIds.map((groupId) => ({ groupId, until: null })),
      managers: input.managerId ? [{ personId: null, managerId: input.managerId }] : [],
    }),
    change: async (tx) => {
      await checkRoles(tx, input.primaryRoleId, input.additionalRoleIds);
      await checkGroups(tx, input.groupIds);
      if (input.managerId) await checkManager(ctx, tx, null, input.managerId);
      const [user] = await tx
        .insert(users)
        .values({
          id,
          username: input.username,
          email: input.email,
          firstName: input.firstName,
          lastName: input.lastName,
          ...nameColumns(input),
          configuration: input.configuration,
          primaryRoleId: input.primaryRoleId,
          managerId: input.managerId,
          status: "active",
          mustChangePassword: input.mustChangePassword,
          createdAt: ctx.now(),
        })
        .returning();
      if (!user) throw new Error("The user was not stored");
      await claimNames(ctx, tx, id, user);
      await tx.insert(passwords).values({ userId: id, hash, changedAt: ctx.now() });
      const roleIds = [...new Set(input.additionalRoleIds)];
      if (roleIds.length > 0) await tx.insert(userRoles).values(roleIds.map((roleId) => ({ userId: id, roleId })));
      await saveMemberships(
        tx,
        id,
        input.groupIds.map((groupId) => ({ groupId, endsAt: null })),
      );
      return {
        value: { id, password: generated },
        after: {
          username: user.username,
          configuration: user.configuration,
          ...(await traceOf(tx, user)),
          password: "set",
        },
        personId: id,
        facts: { name: fullName(user) },
      };
    },
  });
}
