import { refuseStale } from "@/lib/audit/raiser";
import { command } from "@/lib/kernel/command";
import { resourceOperations } from "@/lib/resources/operations";
import { resourcesPath } from "@/lib/resources/paths";
import { deleteResourceSchema } from "@/lib/resources/schema";
import { resourceTarget } from "@/lib/resources/scoped";
import { eraseResource } from "@/lib/resources/store";

/** Deletes what is kept here of a resource; in its own system it stays as it is. */
export const deleteResource = command(resourceOperations["resource.delete"], {
  input: deleteResourceSchema,
  route: "DELETE /resources/{id}",
  target: ({ ctx, tx }, { id }) => resourceTarget(ctx, tx, id),
  change: async ({ ctx, tx }, before, { id, version }) => {
    await refuseStale(ctx, tx, before, version, { noun: "resource" });
    await eraseResource(tx, id);
    return { value: { id }, after: {} };
  },
  refresh: () => [resourcesPath],
});
