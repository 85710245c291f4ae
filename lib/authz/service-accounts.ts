import { inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { serviceAccountRoles } from "@/db/schema";
import { type Catalogue, currentCatalogue, goesWith } from "@/lib/authz/catalogue";
import { type Carried, holdsToGive } from "@/lib/authz/grants";
import { loadAccess } from "@/lib/authz/load";
import { type Access, type EffectiveRole, endOf, operationsIn } from "@/lib/authz/model";
import type { Reads } from "@/lib/context";
import { together } from "@/lib/platform/together";

/** One role of a service account, and what is left of it below the owner. */
export type RoleUnderOwner = {
  id: string;
  name: string;
  /** What it gives, by how long the owner might give that. */
  gives: EffectiveRole[];
  /** What it carries and the owner could not give at this moment. */
  withheld: Carried;
  /** Primary roles of which the owner would need one; empty where it goes with the owner's. */
  needs: string[];
};

/**
 * What the roles of a service account give under an owner (T6): what the owner might give somebody at this moment, for as long, by the
 * one function that decides about giving (R8). `reports` and `owned_groups` are the owner's; it is nobody, so `self` gives nothing. A role
 * that needs a primary role goes by the owner's. `earlier`: an owner from before, who made the token that is used and knows it: it does no
 * more than both might give (R15).
 */
export function rolesUnder(
  owner: Access,
  { roles, apps }: Catalogue,
  roleIds: readonly string[],
  earlier: Access | null = null,
): RoleUnderOwner[] {
  const primaryId = owner.roles.find(({ kind }) => kind === "primary")?.id ?? "";
  const givers = earlier ? [owner, earlier] : [owner];
  const ends = longestFirst(givers);
  return [...roles.values()].flatMap((role) => {
    if (!roleIds.includes(role.id)) return [];
    const { id, name, kind } = role;
    const needs = goesWith(role, primaryId) ? [] : role.needs.map((needed) => needed.name);
    const gives = new Map<number | null, EffectiveRole>();
    const withheld: Carried = [];
    for (const held of operationsIn(role, apps)) {
      if (held.scope === "self" || needs.length > 0) continue;
      const until = ends.find((end) => givers.every((giver) => holdsToGive(giver, held.operation, held.scope, end)));
      if (until === undefined) {
        withheld.push(held);
        continue;
      }
      const key = until?.getTime() ?? null;
      const given = gives.get(key) ?? {
        ...{ id, name, kind, admin: false, inForce: true, needs: [], operations: [] },
        origins: [{ via: "direct" as const, groupId: null, groupName: null, endsAt: until }],
      };
      given.operations.push(held);
      gives.set(key, given);
    }
    return [{ id, name, gives: [...gives.values()], withheld, needs }];
  });
}

/** Every moment until which somebody of these may hold something, the longest first; null without end. */
function longestFirst(givers: Access[]): (Date | null)[] {
  const ends = givers.flatMap((giver) =>
    giver.roles.filter(({ inForce }) => inForce).map((role) => endOf(giver, role)),
  );
  const dated = ends.flatMap((end) => end ?? []).sort((a, b) => b.getTime() - a.getTime());
  return [...(dated.length < ends.length ? [null] : []), ...dated];
}

/** It reaches whom its owner reaches, and R13 compares by what the owner holds, as for a token (T1). `earlier`: as for `rolesUnder`. */
export const accessUnder = (owner: Access, roles: RoleUnderOwner[], earlier: Access | null = null): Access => ({
  personId: owner.personId,
  endsAt: owner.endsAt,
  roles: roles.flatMap(({ gives }) => gives),
  appOperations: owner.appOperations,
  standing: owner,
  ...(earlier && { earlier }),
});

type UnderOwner = { access: Access; roles: RoleUnderOwner[]; owner: Access };

/** What a service account with these roles may do under this owner at a moment, and what each role gives. */
export async function loadAccountAccess(
  db: Reads | Tx,
  { ownerId, roleIds }: { ownerId: string; roleIds: readonly string[] },
  at: Date,
): Promise<UnderOwner> {
  const owner = await loadAccess(db, ownerId, at);
  const roles = rolesUnder(owner, await currentCatalogue(db), roleIds);
  return { access: accessUnder(owner, roles), roles, owner };
}

type RolesOf = (accountId: string) => string[];

/** The ids of the roles of service accounts, by account. */
export const accountRoles = (db: Reads | Tx, accountIds: string[]): Promise<RolesOf> =>
  rolesTogether(db as Tx, accountIds);

const rolesTogether = together<string[], RolesOf>(async (tx, asked) => {
  const rows = await tx
    .select()
    .from(serviceAccountRoles)
    .where(inArray(serviceAccountRoles.serviceAccountId, [...new Set(asked.flat())]));
  const rolesOf: RolesOf = (id) => rows.flatMap((row) => (row.serviceAccountId === id.toLowerCase() ? row.roleId : []));
  return asked.map(() => rolesOf);
});
