import { refuseStale } from "@/lib/audit/raiser";
import { command } from "@/lib/kernel/command";
import { checkOwner } from "@/lib/memberships/placement";
import { lockChosen } from "@/lib/people/scoped";
import { resourceOperations } from "@/lib/resources/operations";
import { resourcesPath } from "@/lib/resources/paths";
import { updateResourceSchema } from "@/lib/resources/schema";
import { resourceTarget } from "@/lib/resources/scoped";
import { saveResource, traceOf } from "@/lib/resources/store";

/** Changes what a resource is called and whose it is. `conflict` when somebody changed it in the meantime. */
export const updateResource = command(resourceOperations["resource.update"], {
  input: updateResourceSchema,
  route: "PATCH /resources/{id}",
  target: async ({ ctx, tx }, { id, ownerId }) => {
    await lockChosen(tx, [ownerId]);
    return resourceTarget(ctx, tx, id);
  },
  already: ({ id, version, ...before }, { name, url, ownerId }) =>
    before.name === name && before.url === url && before.ownerId === ownerId ? { value: { id, version } } : null,
  check: async ({ ctx, tx }, before, { version, ownerId }) => {
    await refuseStale(ctx, tx, before, version, { noun: "resource" });
    if (ownerId !== before.ownerId) await checkOwner(ctx, tx, ownerId, { what: "a resource" });
  },
  change: async ({ tx, now }, before, { name, url, ownerId }) => {
    const saved = await saveResource(tx, before, { name, url, ownerId }, now);
    return { value: { id: saved.id, version: saved.version }, after: traceOf(saved) };
  },
  refresh: () => [resourcesPath],
});
