"use server";
import { action, defineAction } from "@/lib/http/action";
import { asks } from "@/lib/kernel/ask";
import { searchAssignees } from "@/lib/people/pickers";
import { previewChange } from "@/lib/previews/preview";
import { addPreset } from "@/lib/roles/commands/add-preset";
import { createRole } from "@/lib/roles/commands/create";
import { deleteRole } from "@/lib/roles/commands/delete";
import { updateRole } from "@/lib/roles/commands/update";
import { pickAssigneeSchema, updateRoleSchema } from "@/lib/roles/schema";

export const createRoleAction = action(createRole);
export const updateRoleAction = action(updateRole);
export const deleteRoleAction = action(deleteRole);
export const addPresetAction = action(addPreset);

export const previewRoleAction = defineAction({
  input: updateRoleSchema,
  run: (ctx, input) => previewChange(ctx, updateRole, input, { roleId: input.id }),
});

export const mayUpdateRoleAction = defineAction({ input: updateRoleSchema, run: asks(updateRole) });

export const pickAssigneeAction = defineAction({
  input: pickAssigneeSchema,
  run: (ctx, { q }) => searchAssignees(ctx, q),
});
