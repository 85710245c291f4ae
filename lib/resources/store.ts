import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type Handed, handedRows } from "@/db/handed";
import { idArray } from "@/db/ids";
import { resources } from "@/db/schema";
import { personValue } from "@/lib/audit/named";
import { raised } from "@/lib/audit/raise";
import type { Trace } from "@/lib/audit/record";
import { lockEvery } from "@/lib/kernel/lock";
import { foldName } from "@/lib/normalization/fold";
import { searchText } from "@/lib/normalization/search";

/** The one writer of resources. */
export type ResourceRow = typeof resources.$inferSelect;

type Details = Pick<ResourceRow, "name" | "url" | "ownerId">;
type Identity = Pick<ResourceRow, "id" | "type" | "externalId">;

export async function insertResource(tx: Tx, { id, type, externalId }: Identity, details: Details, now: Date) {
  const columns = { ...details, ...foundBy(details.name, externalId) };
  const made = { id, type, externalId, ...columns, createdAt: now, updatedAt: now };
  const [resource] = await tx.insert(resources).values(made).returning();
  if (!resource) throw new Error("The resource was not stored");
  return resource;
}

/** Saves what a resource is called and whose it is, and raises the version that two editors compare. */
export async function saveResource(tx: Tx, { id, externalId }: Identity, details: Details, now: Date) {
  const columns = { ...details, ...foundBy(details.name, externalId) };
  const [resource] = await tx
    .update(resources)
    .set({ ...columns, updatedAt: now, ...raised(tx, resources) })
    .where(eq(resources.id, id))
    .returning();
  if (!resource) throw new Error("The resource vanished while it was locked");
  return resource;
}

export async function eraseResource(tx: Tx, id: string): Promise<void> {
  await tx.delete(resources).where(eq(resources.id, id));
}

/** Hands resources from their owners to others (U11). Returns those that were still theirs. */
export async function giveResources(tx: Tx, handed: Handed[], now: Date): Promise<string[]> {
  if (handed.length === 0) return [];
  const ids = idArray(handed.map(({ id }) => id));
  const rows = tx.select({ id: resources.id }).from(resources).where(sql`${resources.id} = any(${ids})`);
  await lockEvery(tx, rows.orderBy(resources.id));
  const given = await tx
    .update(resources)
    .set({ ownerId: sql`given.to_id`, updatedAt: now, ...raised(tx, resources) })
    .from(handedRows(handed))
    .where(sql`${resources.id} = given.id and ${resources.ownerId} = given.from_id`)
    .returning({ id: resources.id });
  return given.map(({ id }) => id);
}

const foundBy = (name: string, externalId: string) => ({
  nameKey: foldName(name),
  search: searchText(name, externalId),
});

/** Auditable fields of a resource, in words. */
export const traceOf = ({ type, externalId, name, url, ownerId }: ResourceRow): Trace => ({
  name,
  type,
  externalId,
  url,
  owner: personValue(ownerId),
});
