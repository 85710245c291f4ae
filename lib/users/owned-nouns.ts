import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import type { Handed } from "@/db/handed";
import { lasting } from "@/db/lasting";
import { groups, identityProviders, resources, serviceAccounts } from "@/db/schema";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { giveProviders } from "@/lib/identity-providers/store";
import { groupsWithin } from "@/lib/memberships/scoped";
import { giveGroups } from "@/lib/memberships/store";
import type { OperationKey } from "@/lib/operations";
import { giveAccounts } from "@/lib/people/service-accounts";
import { giveResources } from "@/lib/resources/store";
import type { OwnedKind } from "@/lib/users/owned-words";

export type OwnedNoun = {
  table: PgTable;
  id: AnyPgColumn;
  name: AnyPgColumn;
  nameKey: AnyPgColumn;
  ownerId: AnyPgColumn;
  /** The form that names many of them together. */
  type?: AnyPgColumn;
  /** How many people it reaches, and how many roles it gives them, at a moment. */
  members?: (at: Date) => SQL<number>;
  roles?: (at: Date) => SQL<number>;
  /** Hands things from their owners to others, as a change of each. Returns those that were still theirs. */
  give: (tx: Tx, handed: Handed[], now: Date) => Promise<string[]>;
  /** To name its owner gives reach over people, so it is a grant (R14). */
  reaches: boolean;
  /** It does what its owner might grant, so another owner is a grant of all that it does under them (T6, R14). */
  acts?: true;
  /** What the person who hands it on needs besides removing its owner. */
  handing?: OperationKey;
  /** Who sees that it was handed on, and what they need to hand it back; without, it stays. */
  back?: { inSight: (ctx: Ctx, toId: AnyPgColumn) => SQL; takes?: OperationKey };
};

const ownerInSight = (ownerId: AnyPgColumn) => (ctx: Ctx, toId: AnyPgColumn) =>
  sql`(${within(ctx, "user.read", toId)} or ${within(ctx, "user.read", ownerId)})`;

/** What is asked, handed on and given back with its owner (U11): a further noun is one row here, with its words in lib/users/owned-words.ts. */
export const ownedNouns: Record<OwnedKind, OwnedNoun> = {
  group: {
    table: groups,
    ...{ id: groups.id, name: groups.name, nameKey: groups.nameKey, ownerId: groups.ownerId },
    members: (at) => sql`(select count(*)::int from group_members gm
      where gm.group_id = "groups"."id" and ${lasting("gm", at)} and gm.person_present)`,
    roles: (at) => sql`(select count(*)::int from group_roles gr
      where gr.group_id = "groups"."id" and ${lasting("gr", at)})`,
    give: giveGroups,
    reaches: true,
    back: { inSight: (ctx) => groupsWithin(ctx, "group.read"), takes: "group.update" },
  },
  service_account: {
    table: serviceAccounts,
    id: serviceAccounts.id,
    name: serviceAccounts.name,
    nameKey: serviceAccounts.nameKey,
    ownerId: serviceAccounts.ownerId,
    give: giveAccounts,
    reaches: true,
    acts: true,
    back: { inSight: ownerInSight(serviceAccounts.ownerId) },
  },
  // Not handed back when its owner is restored: what it gives depends on its owner (I3).
  identity_provider: {
    table: identityProviders,
    id: identityProviders.id,
    name: identityProviders.name,
    nameKey: identityProviders.nameKey,
    ownerId: identityProviders.ownerId,
    give: giveProviders,
    reaches: true,
    handing: "identity_provider.update",
  },
  resource: {
    table: resources,
    ...{ id: resources.id, name: resources.name, nameKey: resources.nameKey, ownerId: resources.ownerId },
    type: resources.type,
    give: giveResources,
    reaches: false,
    back: { inSight: ownerInSight(resources.ownerId) },
  },
};

/** What handing these on gives (R14): reach to those who get what reaches people, and all that a service account does under them. */
export const grantsOfHanding = (handed: { kind: OwnedKind; id: string; ownerId: string }[]) => ({
  owners: [...new Set(handed.flatMap(({ kind, ownerId }) => (ownedNouns[kind].reaches ? ownerId : [])))].map(
    (ownerId) => ({ ownerId }),
  ),
  accounts: handed.flatMap(({ kind, id, ownerId }) => (ownedNouns[kind].acts ? [{ accountId: id, ownerId }] : [])),
});
