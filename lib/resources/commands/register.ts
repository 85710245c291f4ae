import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { lockNames } from "@/db/locks";
import { resources, users } from "@/db/schema";
import { refuseStale, staleProblem } from "@/lib/audit/raiser";
import type { Ctx } from "@/lib/context";
import { AppError, invalidField } from "@/lib/errors";
import { command } from "@/lib/kernel/command";
import { lockName, lockRows } from "@/lib/kernel/lock";
import { checkOwner } from "@/lib/memberships/placement";
import { lockChosen, visibleTo } from "@/lib/people/scoped";
import { resourceOperations } from "@/lib/resources/operations";
import { resourcesPath } from "@/lib/resources/paths";
import { registerResourceSchema } from "@/lib/resources/schema";
import { resourcesWithin, someone, targetOf } from "@/lib/resources/scoped";
import { insertResource, type ResourceRow, saveResource, traceOf } from "@/lib/resources/store";

type Known = { id: string; known: ResourceRow | null; hidden: boolean };

/**
 * Registers a resource, or brings the one of this type and external id up to date: sent twice, it changes nothing more. Without
 * a present owner in sight it is decided by whose it is to be.
 */
export const registerResource = command(resourceOperations["resource.register"], {
  input: registerResourceSchema,
  route: "PUT /resources",
  target: async ({ ctx, tx }, { type, externalId, name, ownerId }) => {
    await lockChosen(tx, [ownerId]);
    await lockName(tx, lockNames.resource(type, externalId));
    const here = and(eq(resources.type, type), eq(resources.externalId, externalId));
    const [seen] = await lockRows(
      tx,
      tx
        .select()
        .from(resources)
        .where(and(here, resourcesWithin(ctx))),
      "update",
    );
    if (seen) {
      const target = await targetOf(tx, seen);
      return { ...target, record: { id: seen.id, known: seen, hidden: false } satisfies Known };
    }
    const [hidden] = await tx.select({ id: resources.id }).from(resources).where(here);
    const record: Known = { id: newId(), known: null, hidden: hidden !== undefined };
    const person = await inSight(ctx, tx, ownerId);
    return { id: hidden ? null : record.id, person, record, trace: null, facts: { resource: name } };
  },
  already: ({ known }, { name, url, ownerId }) =>
    known && known.name === name && known.url === url && known.ownerId === ownerId
      ? { value: { id: known.id, version: known.version, created: false } }
      : null,
  check: async ({ ctx, tx }, { known, hidden }, { ownerId, version }) => {
    if (hidden) throw invalidField("externalId", "This is already registered for somebody outside your view.");
    if (known && version !== null) await refuseStale(ctx, tx, known, version, { noun: "resource" });
    if (!known && version !== null)
      throw new AppError("conflict", "This resource no longer exists.", { details: { problem: staleProblem } });
    if (ownerId !== known?.ownerId) await checkOwner(ctx, tx, ownerId, { what: "a resource" });
  },
  change: async ({ tx, now }, { id, known }, { type, externalId, name, url, ownerId }) => {
    const details = { name, url, ownerId };
    const saved = known
      ? await saveResource(tx, known, details, now)
      : await insertResource(tx, { id, type, externalId }, details, now);
    return { value: { id: saved.id, version: saved.version, created: known === null }, after: traceOf(saved) };
  },
  refresh: () => [resourcesPath],
  id: () => null,
});

async function inSight(ctx: Ctx, tx: Tx, id: string) {
  const [row] = await tx
    .select({ visible: visibleTo(ctx, users.id) })
    .from(users)
    .where(eq(users.id, id));
  return row?.visible ? someone(tx, id) : null;
}
