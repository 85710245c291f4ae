import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { userRoles } from "@/db/schema";
import { lastsLonger } from "@/lib/access/access";
import { refuseToLoseAdministration } from "@/lib/access/administrators";
import type { Grants } from "@/lib/access/grants";
import type { Ctx } from "@/lib/context";
import { invalidField } from "@/lib/errors";
import { eraseMemberships, saveMemberships } from "@/lib/groups/store";
import { mutate } from "@/lib/mutate";
import { refuseStale, type StoredForm, storedForm } from "@/lib/users/conflict";
import { fullName } from "@/lib/users/names";
import { checkGroups } from "@/lib/users/placement";
import type { UpdateAccess } from "@/lib/users/schema";
import { lockPerson, type UserRow } from "@/lib/users/scoped";
import { saveUser, traceOf } from "@/lib/users/store";
import { ruleOn } from "@/lib/users/subject";

type Before = UserRow & { form: StoredForm };

/** Saves the form "Roles and Groups": memberships, and until when roles and memberships last (U6). */
export function updateAccess(ctx: Ctx, input: UpdateAccess): Promise<{ id: string; version: number }> {
  return mutate(ctx, "user.update", {
    id: input.id,
    target: async (tx) => {
      const person = await lockPerson(ctx, tx, "user.read", input.id);
      const before: Before = { ...person, form: await storedForm(tx, person) };
      return {
        id: person.id,
        person: { id: person.id, name: fullName(person) },
        record: before,
        trace: await traceOf(tx, person),
      };
    },
    rule: ruleOn(ctx, "user.update"),
    grants: (_, before) => grantsOf(input, before.form),
    change: async (tx, before) => {
      await refuseStale(ctx, tx, before, input.version);
      await checkGroups(
        tx,
        input.memberships.map((membership) => membership.groupId),
        "memberships",
      );
      const kept = new Set(input.memberships.map(({ groupId }) => groupId));
      const gone = before.form.memberships.map(({ groupId }) => groupId).filter((groupId) => !kept.has(groupId));
      await eraseMemberships(tx, before.id, gone);
      await saveMemberships(tx, before.id, input.memberships);
      await saveRoleEnds(tx, before, input);
      const saved = await saveUser(tx, before.id, {}, { edited: true });
      await refuseToLoseAdministration(ctx, tx);
      return { value: { id: saved.id, version: saved.version }, after: await traceOf(tx, saved) };
    },
  });
}

/** A membership that is new or lasts longer, a role that lasts longer. */
function grantsOf(input: UpdateAccess, before: StoredForm): Grants {
  const dated = (held: { endsAt: string | null }) => ({ endsAt: held.endsAt ? new Date(held.endsAt) : null });
  return {
    memberships: input.memberships
      .filter(({ groupId, endsAt }) => {
        const held = before.memberships.find((membership) => membership.groupId === groupId);
        return lastsLonger(endsAt, held && dated(held));
      })
      .map(({ groupId, endsAt }) => ({ groupId, until: endsAt })),
    roles: input.roleEnds
      .filter(({ roleId, endsAt }) => {
        const held = before.roleEnds.find((role) => role.roleId === roleId);
        return held && lastsLonger(endsAt, dated(held));
      })
      .map(({ roleId, endsAt }) => ({ roleId, until: endsAt })),
  };
}

async function saveRoleEnds(tx: Tx, before: Before, input: UpdateAccess) {
  for (const { roleId, endsAt } of input.roleEnds) {
    if (!before.form.roleEnds.some((held) => held.roleId === roleId))
      throw invalidField("roleEnds", 'Additional roles are given under "User Details".');
    await tx
      .update(userRoles)
      .set({ endsAt })
      .where(and(eq(userRoles.userId, before.id), eq(userRoles.roleId, roleId)));
  }
}
