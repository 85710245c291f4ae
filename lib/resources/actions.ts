"use server";
import { action, defineAction } from "@/lib/http/action";
import { searchNewOwners, searchResourceOwners } from "@/lib/people/pickers";
import { changeOwners, previewOwners } from "@/lib/resources/change-owners";
import { deleteResource } from "@/lib/resources/commands/delete";
import { updateResource } from "@/lib/resources/commands/update";
import { servedResources } from "@/lib/resources/list";
import { resourcesPath } from "@/lib/resources/paths";
import { changeOwnersSchema } from "@/lib/resources/schema";
import { pickSchema } from "@/lib/users/schema";

export const updateResourceAction = action(updateResource);
export const deleteResourceAction = action(deleteResource);

export const changeOwnersAction = defineAction({
  input: changeOwnersSchema,
  run: changeOwners,
  refresh: () => [resourcesPath],
});
export const previewOwnersAction = defineAction({ input: changeOwnersSchema, run: previewOwners });

export const pickResourceOwnerAction = defineAction({
  input: pickSchema,
  run: (ctx, { q }) => searchNewOwners(ctx, q),
});
export const filterResourceTypeAction = defineAction({
  input: pickSchema,
  run: (ctx, { q }) => servedResources.choices.type(ctx, q),
});
export const filterResourceOwnerAction = defineAction({
  input: pickSchema,
  run: (ctx, { q }) => searchResourceOwners(ctx, q),
});
