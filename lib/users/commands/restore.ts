import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { groupMembers, passwords, userRoles } from "@/db/schema";
import { isOver } from "@/lib/access/access";
import type { Grants } from "@/lib/access/grants";
import type { Ctx } from "@/lib/context";
import { dropFactors } from "@/lib/factors/commands/reset";
import { revokeLinks } from "@/lib/links/issue";
import { mutate } from "@/lib/mutate";
import type { UserId } from "@/lib/users/schema";
import { saveUser, traceOf } from "@/lib/users/store";
import { ruleOn } from "@/lib/users/subject";
import { lockUser } from "@/lib/users/target";

/** Brings back the earlier state without any credential: a new password has to be set (U13). */
export function restoreUser(ctx: Ctx, input: UserId): Promise<{ id: string }> {
  return mutate(ctx, "user.restore", {
    id: input.id,
    target: (tx) => lockUser(ctx, tx, input.id),
    already: ({ id, status }) => (status === "archived" ? null : { value: { id } }),
    rule: ruleOn(ctx, "user.restore"),
    grants: async (tx, person) => restoredGrants(ctx, tx, person.id, person.primaryRoleId),
    change: async (tx, before) => {
      await tx.delete(passwords).where(eq(passwords.userId, before.id));
      await dropFactors(tx, before.id);
      await revokeLinks(ctx, tx, before.id);
      const saved = await saveUser(
        tx,
        before.id,
        {
          status: before.statusBeforeArchive ?? "active",
          statusBeforeArchive: null,
          archivedAt: null,
          failedSignIns: 0,
          lockouts: 0,
          lockedAt: null,
          lockedUntil: null,
        },
        { edited: true },
      );
      return { value: { id: before.id }, after: await traceOf(tx, saved) };
    },
  });
}

/** To restore somebody is to give again all that they held and that is not over. */
async function restoredGrants(ctx: Ctx, tx: Tx, personId: string, primaryRoleId: string): Promise<Grants> {
  const direct = await tx.select().from(userRoles).where(eq(userRoles.userId, personId));
  const joined = await tx.select().from(groupMembers).where(eq(groupMembers.userId, personId));
  const lasting = ({ endsAt }: { endsAt: Date | null }) => !isOver(endsAt, ctx.now());
  const given = direct.filter(lasting).map(({ roleId, endsAt }) => ({ roleId, until: endsAt }));
  return {
    roles: [{ roleId: primaryRoleId, until: null }, ...given],
    memberships: joined.filter(lasting).map(({ groupId, endsAt }) => ({ groupId, until: endsAt })),
  };
}
