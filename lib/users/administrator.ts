import { and, asc, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { roleCombinations, roles, userRoles, users } from "@/db/schema";
import type { Trace } from "@/lib/audit/record";
import type { Ctx } from "@/lib/context";
import { precondition } from "@/lib/errors";
import { nameColumns } from "@/lib/normalization/names";
import { addPassword } from "@/lib/passwords/store";
import { claimNames, traceOf } from "@/lib/people/store";

export type NewAdministrator = { username: string; email: string; firstName: string; lastName: string };

/**
 * Stores an active person with the built-in Admin and the highest primary role that allows it, inside somebody else's
 * change. Returns the id and the auditable fields.
 */
export async function storeAdministrator(
  ctx: Ctx,
  tx: Tx,
  person: NewAdministrator,
  hash: string,
): Promise<{ id: string; trace: Trace }> {
  const { adminRoleId, primaryRoleId } = await administratorsRoles(tx);
  const id = newId();
  const [user] = await tx
    .insert(users)
    .values({ id, ...person, ...nameColumns(person), primaryRoleId, status: "active", createdAt: ctx.now() })
    .returning();
  if (!user) throw new Error("The administrator was not stored");
  await claimNames(ctx, tx, id, user);
  await addPassword(ctx, tx, id, hash);
  await tx.insert(userRoles).values({ userId: id, roleId: adminRoleId });
  const trace = {
    username: user.username,
    configuration: user.configuration,
    ...(await traceOf(tx, user)),
    password: "set",
  };
  return { id, trace };
}

async function administratorsRoles(tx: Tx) {
  const [admin] = await tx.select({ id: roles.id }).from(roles).where(eq(roles.admin, true));
  if (!admin) throw precondition("There is no role that makes an administrator.");
  const [primary] = await tx
    .select({ id: roles.id })
    .from(roles)
    .where(
      and(
        eq(roles.kind, "primary"),
        sql`(not exists(select 1 from ${roleCombinations} c where c.role_id = ${admin.id})
          or exists(select 1 from ${roleCombinations} c where c.role_id = ${admin.id} and c.primary_role_id = ${roles.id}))`,
      ),
    )
    .orderBy(asc(roles.rank))
    .limit(1);
  if (!primary) throw precondition("No primary role can be combined with administration.");
  return { adminRoleId: admin.id, primaryRoleId: primary.id };
}
