"use server";
import { previewChange } from "@/lib/access/preview";
import { defineAction } from "@/lib/action";
import { addPreset } from "@/lib/roles/commands/add-preset";
import { createRole } from "@/lib/roles/commands/create";
import { deleteRole } from "@/lib/roles/commands/delete";
import { updateRole } from "@/lib/roles/commands/update";
import { addPresetSchema, createRoleSchema, deleteRoleSchema, updateRoleSchema } from "@/lib/roles/schema";

const list = "/admin/roles";
const lists = () => [list, "/admin/privileges"];

export const createRoleAction = defineAction({ input: createRoleSchema, run: createRole, refresh: lists });
export const updateRoleAction = defineAction({
  input: updateRoleSchema,
  run: updateRole,
  refresh: ({ id }) => [...lists(), `${list}/${id}`],
});
export const deleteRoleAction = defineAction({ input: deleteRoleSchema, run: deleteRole, refresh: lists });
export const addPresetAction = defineAction({ input: addPresetSchema, run: addPreset, refresh: lists });

export const previewRoleAction = defineAction({
  input: updateRoleSchema,
  run: (ctx, input) => previewChange(ctx, { roleId: input.id }, (inside) => updateRole(inside, input)),
});
