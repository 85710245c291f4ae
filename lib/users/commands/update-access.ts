import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { userRoles } from "@/db/schema";
import { refuseToLoseAdministration } from "@/lib/authz/administrators";
import type { Grants } from "@/lib/authz/grants";
import { lastsLonger } from "@/lib/authz/model";
import { invalidField } from "@/lib/errors";
import { command } from "@/lib/kernel/command";
import { eraseMemberships, saveMemberships } from "@/lib/memberships/store";
import { fullName } from "@/lib/normalization/names";
import { heldBy } from "@/lib/people/held";
import { userPages } from "@/lib/people/pages";
import { checkGroups } from "@/lib/people/placement";
import { lockPerson } from "@/lib/people/scoped";
import { saveUser, traceOf, traceWith } from "@/lib/people/store";
import { stateAllows } from "@/lib/people/subject";
import { type ChosenEnd, momentOf, requireEnd, rulesOf } from "@/lib/time/ends";
import { formWith, refuseStale, type StoredForm } from "@/lib/users/conflict";
import { userOperations } from "@/lib/users/operations";
import { type UpdateAccess, updateAccessSchema } from "@/lib/users/schema";

type Held<K extends string> = Record<K, string> & { endsAt: Date | null };
type Wanted = { memberships: Held<"groupId">[]; roleEnds: Held<"roleId">[] };

/** Saves the form "Roles and Groups": memberships, and until when roles and memberships last (U6). */
export const updateAccess = command(userOperations["user.update"], {
  key: "user.update_access",
  input: updateAccessSchema,
  route: "PATCH /users/{id}/access",
  target: async ({ ctx, tx, now }, input) => {
    const person = await lockPerson(ctx, tx, "user.read", input.id);
    const held = await heldBy(tx, person.id);
    return {
      id: person.id,
      person: { id: person.id, name: fullName(person) },
      record: { ...person, form: formWith(person, held), wanted: wantedOf(input, now) },
      trace: traceWith(person, held),
    };
  },
  locks: ({ wanted, form }) => (lessens(wanted, form) ? ["administrators"] : []),
  allowed: stateAllows("user.update"),
  grants: async ({ ctx, tx }, before, { version, memberships }) => {
    await refuseStale(ctx, tx, before, version);
    const groupIds = memberships.map(({ groupId }) => groupId);
    await checkGroups(ctx, tx, groupIds, "memberships");
    return grantsOf(before.wanted, before.form);
  },
  check: ({ now }, before, input) => checkEnds(before.wanted, before.form, now, input),
  change: async ({ ctx, tx }, before, input) => {
    const kept = new Set(input.memberships.map(({ groupId }) => groupId));
    const gone = before.form.memberships.map(({ groupId }) => groupId).filter((groupId) => !kept.has(groupId));
    const changed = changedIn(before.wanted, before.form);
    await eraseMemberships(tx, before.id, gone);
    await saveMemberships(tx, before.id, changed.memberships);
    await saveRoleEnds(tx, before.id, changed.roleEnds);
    const saved = await saveUser(tx, before, {}, { edited: true });
    await refuseToLoseAdministration(ctx, tx);
    return { value: { id: saved.id, version: saved.version }, after: await traceOf(tx, saved) };
  },
  refresh: userPages,
});

/** The ends as moments, of which "now" is `at`. */
function wantedOf({ memberships, roleEnds }: UpdateAccess, at: Date): Wanted {
  const ended = <T extends { endsAt: ChosenEnd }>(given: T) => ({ ...given, endsAt: momentOf(given.endsAt, at) });
  return { memberships: memberships.map(ended), roleEnds: roleEnds.map(ended) };
}

const dated = (held: { endsAt: string | null } | undefined) =>
  held && { endsAt: held.endsAt ? new Date(held.endsAt) : null };

const heldMembership = ({ memberships }: StoredForm, id: string) =>
  dated(memberships.find(({ groupId }) => groupId === id));
const heldRole = ({ roleEnds }: StoredForm, id: string) => dated(roleEnds.find(({ roleId }) => roleId === id));

/** Whether a membership is taken away, or something that is held ends at another moment. */
function lessens({ memberships, roleEnds }: Wanted, before: StoredForm): boolean {
  const kept = new Set(memberships.map(({ groupId }) => groupId));
  return (
    before.memberships.some(({ groupId }) => !kept.has(groupId)) ||
    memberships.some(({ groupId, endsAt }) => endsOtherwise(endsAt, heldMembership(before, groupId))) ||
    roleEnds.some(({ roleId, endsAt }) => endsOtherwise(endsAt, heldRole(before, roleId)))
  );
}

const endsOtherwise = (endsAt: Date | null, held: { endsAt: Date | null } | undefined) =>
  held !== undefined && endsAt !== null && endsAt.getTime() !== held.endsAt?.getTime();

/** A membership that is new or lasts longer, a role that lasts longer. */
function grantsOf({ memberships, roleEnds }: Wanted, before: StoredForm): Grants {
  return {
    memberships: memberships
      .filter(({ groupId, endsAt }) => lastsLonger(endsAt, heldMembership(before, groupId)))
      .map(({ groupId, endsAt }) => ({ groupId, until: endsAt })),
    roles: roleEnds
      .filter(({ roleId, endsAt }) => {
        const held = heldRole(before, roleId);
        return held && lastsLonger(endsAt, held);
      })
      .map(({ roleId, endsAt }) => ({ roleId, until: endsAt })),
  };
}

/** What is new or has another end than the stored one. */
function changedIn({ memberships, roleEnds }: Wanted, before: StoredForm): Wanted {
  const differs = (end: Date | null, held: { endsAt: Date | null } | undefined) =>
    !held || end?.getTime() !== held.endsAt?.getTime();
  return {
    memberships: memberships.filter(({ groupId, endsAt }) => differs(endsAt, heldMembership(before, groupId))),
    roleEnds: roleEnds.filter(({ roleId, endsAt }) => differs(endsAt, heldRole(before, roleId))),
  };
}

/** Each end that is not the stored one has to be one that may be set. */
function checkEnds({ memberships, roleEnds }: Wanted, before: StoredForm, at: Date, chosen: UpdateAccess): void {
  const rulesAt = (given: { endsAt: ChosenEnd }[], index: number) => rulesOf(given[index]?.endsAt ?? null);
  for (const [index, { groupId, endsAt }] of memberships.entries()) {
    const held = heldMembership(before, groupId);
    requireEnd(`memberships.${index}.endsAt`, endsAt, held, at, rulesAt(chosen.memberships, index));
  }
  for (const [index, { roleId, endsAt }] of roleEnds.entries()) {
    const held = heldRole(before, roleId);
    if (!held) throw invalidField("roleEnds", 'Additional roles are given under "User Details".');
    requireEnd(`roleEnds.${index}.endsAt`, endsAt, held, at, rulesAt(chosen.roleEnds, index));
  }
}

async function saveRoleEnds(tx: Tx, userId: string, ends: Wanted["roleEnds"]) {
  for (const { roleId, endsAt } of ends)
    await tx
      .update(userRoles)
      .set({ endsAt })
      .where(and(eq(userRoles.userId, userId), eq(userRoles.roleId, roleId)));
}
