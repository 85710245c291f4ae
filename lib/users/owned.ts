import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type Handed, handedRows } from "@/db/handed";
import { lasting } from "@/db/lasting";
import { groups, identityProviders, serviceAccounts } from "@/db/schema";
import { raised } from "@/lib/audit/raise";
import type { Ctx, Reads } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { findPerson } from "@/lib/people/scoped";

export type OwnedObject = {
  kind: "group" | "service_account" | "identity_provider";
  id: string;
  name: string;
  members: number;
  roles: number;
};

/** What somebody owns, for whoever may see them; throws `not_found` otherwise. */
export async function listOwned(ctx: Ctx, ownerId: string): Promise<OwnedObject[]> {
  const person = await findPerson(ctx, "user.read", ownerId);
  if (!person) throw notFound("The user");
  return ownedObjects(ctx.db, person.id, ctx.now());
}

/** What a person owns, groups first, by name. Members and roles are those of a moment, archived people left out. */
export async function ownedObjects(db: Reads | Tx, ownerId: string, at: Date): Promise<OwnedObject[]> {
  const ownedGroups = db
    .select({
      id: groups.id,
      name: groups.name,
      members: sql<number>`(select count(*)::int from group_members gm
        where gm.group_id = "groups"."id" and ${lasting("gm", at)} and gm.person_present)`,
      roles: sql<number>`(select count(*)::int from group_roles gr
        where gr.group_id = "groups"."id" and ${lasting("gr", at)})`,
    })
    .from(groups)
    .where(eq(groups.ownerId, ownerId))
    .orderBy(groups.nameKey);
  const accounts = db
    .select({ id: serviceAccounts.id, name: serviceAccounts.name })
    .from(serviceAccounts)
    .where(eq(serviceAccounts.ownerId, ownerId))
    .orderBy(serviceAccounts.nameKey);
  const providers = db
    .select({ id: identityProviders.id, name: identityProviders.name })
    .from(identityProviders)
    .where(eq(identityProviders.ownerId, ownerId))
    .orderBy(identityProviders.nameKey);
  const [theirGroups, theirAccounts, theirProviders] = await Promise.all([ownedGroups, accounts, providers]);
  return [
    ...theirGroups.map((group) => ({ kind: "group" as const, ...group })),
    ...theirAccounts.map((account) => ({ kind: "service_account" as const, ...account, members: 0, roles: 0 })),
    ...theirProviders.map((provider) => ({ kind: "identity_provider" as const, ...provider, members: 0, roles: 0 })),
  ];
}

/** Hands service accounts from their owners to others (U11). Gives those that were still theirs. */
export async function giveAccounts(tx: Tx, handed: Handed[]): Promise<string[]> {
  if (handed.length === 0) return [];
  const given = await tx
    .update(serviceAccounts)
    .set({ ownerId: sql`given.to_id`, ...raised(tx, serviceAccounts) })
    .from(handedRows(handed))
    .where(sql`${serviceAccounts.id} = given.id and ${serviceAccounts.ownerId} = given.from_id`)
    .returning({ id: serviceAccounts.id });
  return given.map(({ id }) => id);
}
