import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { generatePassword } from "@/lib/auth/generate-password";
import { hashPassword } from "@/lib/auth/password-queue";
import { refuseWellKnown } from "@/lib/auth/well-known";
import type { Ctx } from "@/lib/context";
import { invalidField } from "@/lib/errors";
import { checkConfiguration, inviteThrough } from "@/lib/identity-providers/prepare";
import { command } from "@/lib/kernel/command";
import type { Change } from "@/lib/kernel/steps";
import { deliverLink } from "@/lib/links/deliver";
import { saveMemberships } from "@/lib/memberships/store";
import { fullName, nameColumns } from "@/lib/normalization/names";
import { addPassword } from "@/lib/passwords/store";
import { barredBy } from "@/lib/people/only-way-in";
import { userList } from "@/lib/people/pages";
import { checkGroups, checkManager, checkRoles, requireInSight } from "@/lib/people/placement";
import { lockChosen, type UserRow } from "@/lib/people/scoped";
import { signInKeys } from "@/lib/people/sign-in-names";
import { claimNames, insertRoles, insertUser, refuseTaken, traceOf } from "@/lib/people/store";
import { userOperations } from "@/lib/users/operations";
import { type CreateUser, createUserSchema } from "@/lib/users/schema";

/** What is shown once: a generated password, and the link where there is no mail to send it. */
export type Created = {
  id: string;
  password: string | null;
  link: string | null;
  linkExpiresAt: Date | null;
  mailed: boolean;
};

/**
 * Creates a user in one commit: invited by a link, active with a password (U5), or invited to sign in through a provider (I2). What
 * is generated is returned once and kept nowhere; a password is never put into a mail.
 */
export const createUser = command(userOperations["user.create"], {
  input: createUserSchema,
  route: "POST /users",
  before: async (_, { credentials, password }) => {
    if (credentials === "password") refuseWellKnown("password", password);
  },
  target: async ({ tx, locked }, { managerId, ...names }) => {
    if (managerId === null || locked.has("organisation")) await lockChosen(tx, [managerId]);
    const id = newId();
    return { id, person: null, record: { id }, trace: null, fresh: signInKeys(names) };
  },
  locks: (_, { managerId }) => (managerId ? ["organisation"] : []),
  grants: async ({ ctx, tx }, _, { primaryRoleId, additionalRoleIds, groupIds, managerId }) => {
    await checkGroups(ctx, tx, groupIds);
    await requireInSight(ctx, tx, "managerId", [managerId]);
    return {
      roles: [primaryRoleId, ...additionalRoleIds].map((roleId) => ({ roleId, until: null })),
      memberships: groupIds.map((groupId) => ({ groupId, until: null })),
      managers: managerId ? [{ personId: null, managerId }] : [],
    };
  },
  check: async ({ ctx, tx }, _, input) => {
    if (input.configuration !== "default") await checkConfiguration(tx, input.configuration, input.email);
    await checkRoles(tx, input.primaryRoleId, input.additionalRoleIds);
    if (input.managerId) await checkManager(ctx, tx, [], input.managerId);
    await refuseTaken(ctx, tx, input);
  },
  prepare: ({ credentials, password }) => {
    if (credentials === "invite" || credentials === "provider") return undefined;
    return async (dryRun) => {
      const generated = credentials === "generate" ? generatePassword() : null;
      return { generated, hash: dryRun ? "none" : await hashPassword(generated ?? password) };
    };
  },
  change: async ({ ctx, tx }, { id }, input, credential): Promise<Change<Created>> => {
    const user = await insertUser(tx, {
      id,
      username: input.username,
      email: input.email,
      firstName: input.firstName,
      lastName: input.lastName,
      ...nameColumns(input),
      configuration: input.configuration,
      primaryRoleId: input.primaryRoleId,
      managerId: input.managerId,
      status: credential ? "active" : "invited",
      mustChangePassword: credential !== undefined && input.mustChangePassword,
      createdAt: ctx.now(),
    });
    await claimNames(ctx, tx, id, user);
    if (credential) await addPassword(ctx, tx, id, credential.hash);
    await insertRoles(tx, { userId: id, roleIds: input.additionalRoleIds });
    await saveMemberships(
      tx,
      id,
      input.groupIds.map((groupId) => ({ groupId, endsAt: null })),
    );
    if (credential) await refuseShut(ctx, tx, user);
    const sent = await invite(ctx, tx, user, input);
    return {
      value: {
        id,
        password: credential?.generated ?? null,
        link: sent?.link ?? null,
        linkExpiresAt: sent?.expiresAt ?? null,
        mailed: sent?.mailed ?? false,
      },
      after: {
        username: user.username,
        configuration: user.configuration,
        ...(await traceOf(tx, user)),
        password: credential ? "set" : null,
      },
      personId: id,
      facts: { name: fullName(user) },
    };
  },
  refresh: () => [userList],
});

/** Whether they are an administrator, whose password always counts, is known once they hold what they are given. */
async function refuseShut(ctx: Ctx, tx: Tx, user: UserRow): Promise<void> {
  const only = await barredBy(tx, user.id, ctx.now());
  if (only)
    throw invalidField(
      "credentials",
      `${fullName(user)} would sign in through ${only.name} only, so a password would not work.`,
    );
}

/** How the person hears of it; null where nothing is sent. */
async function invite(ctx: Ctx, tx: Tx, user: UserRow, { credentials, notify }: CreateUser) {
  if (credentials === "provider") return notify ? inviteThrough(ctx, tx, user) : null;
  return credentials === "invite" || notify ? deliverLink(ctx, tx, user, "invitation") : null;
}
