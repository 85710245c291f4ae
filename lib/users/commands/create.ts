import { newId } from "@/db/columns";
import { passwords, userRoles, users } from "@/db/schema";
import { generatePassword } from "@/lib/auth/generate-password";
import { hashPassword } from "@/lib/auth/password-queue";
import { refuseWellKnown } from "@/lib/auth/well-known";
import type { Ctx } from "@/lib/context";
import { saveMemberships } from "@/lib/groups/store";
import { deliverLink } from "@/lib/links/deliver";
import { mutate } from "@/lib/mutate";
import { fullName, nameColumns } from "@/lib/users/names";
import { checkGroups, checkManager, checkRoles } from "@/lib/users/placement";
import type { CreateUser } from "@/lib/users/schema";
import { lockChosen } from "@/lib/users/scoped";
import { claimNames, traceOf } from "@/lib/users/store";

/** What is shown once: a generated password, and the link where there is no mail to send it. */
export type Created = { id: string; password: string | null; link: string | null; mailed: boolean };

/**
 * Creates a user in one commit: invited by a link, or active with a password (U5). What is generated is returned once and
 * kept nowhere; a password is never put into a mail.
 */
export async function createUser(ctx: Ctx, input: CreateUser): Promise<Created> {
  const invited = input.credentials === "invite";
  const generated = input.credentials === "generate" ? generatePassword() : null;
  if (input.credentials === "password") refuseWellKnown("password", input.password);
  const id = newId();
  return mutate(ctx, "user.create", {
    target: async (tx) => {
      await lockChosen(tx, [input.managerId]);
      return { id, person: null, record: input, trace: null };
    },
    grants: () => ({
      roles: [input.primaryRoleId, ...input.additionalRoleIds].map((roleId) => ({ roleId, until: null })),
      memberships: input.groupIds.map((groupId) => ({ groupId, until: null })),
      managers: input.managerId ? [{ personId: null, managerId: input.managerId }] : [],
    }),
    prepare: invited ? undefined : () => hashPassword(generated ?? input.password),
    change: async (tx, _, hash) => {
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
          status: invited ? "invited" : "active",
          mustChangePassword: !invited && input.mustChangePassword,
          createdAt: ctx.now(),
        })
        .returning();
      if (!user) throw new Error("The user was not stored");
      await claimNames(ctx, tx, id, user);
      if (hash) await tx.insert(passwords).values({ userId: id, hash, changedAt: ctx.now() });
      const roleIds = [...new Set(input.additionalRoleIds)];
      if (roleIds.length > 0) await tx.insert(userRoles).values(roleIds.map((roleId) => ({ userId: id, roleId })));
      await saveMemberships(
        tx,
        id,
        input.groupIds.map((groupId) => ({ groupId, endsAt: null })),
      );
      const sent = invited || input.notify ? await deliverLink(ctx, tx, user, "invitation") : null;
      return {
        value: { id, password: generated, link: sent?.link ?? null, mailed: sent?.mailed ?? false },
        after: {
          username: user.username,
          configuration: user.configuration,
          ...(await traceOf(tx, user)),
          password: hash ? "set" : null,
        },
        personId: id,
        facts: { name: fullName(user) },
      };
    },
  });
}
