"use server";
import { previewChange } from "@/lib/access/preview";
import { defineAction } from "@/lib/action";
import { addMember } from "@/lib/groups/commands/add-member";
import { createGroup } from "@/lib/groups/commands/create";
import { deleteGroup } from "@/lib/groups/commands/delete";
import { removeMember } from "@/lib/groups/commands/remove-member";
import { updateGroup, updateGroupRoles } from "@/lib/groups/commands/update";
import { groupsPath } from "@/lib/groups/filters";
import { getMember } from "@/lib/groups/members";
import {
  addMemberSchema,
  createGroupSchema,
  deleteGroupSchema,
  memberSchema,
  pickMemberSchema,
  updateGroupRolesSchema,
  updateGroupSchema,
} from "@/lib/groups/schema";
import { searchCandidates, searchNewOwners, searchOwners, searchRoles } from "@/lib/users/pickers";
import { pickSchema } from "@/lib/users/schema";

const groupPage = ({ id }: { id: string }) => [groupsPath, `${groupsPath}/${id}`];
const membersPage = (_: unknown, { groupId, userId }: { groupId: string; userId: string }) => [
  `${groupsPath}/${groupId}`,
  `/admin/users/${userId}`,
];

export const createGroupAction = defineAction({
  input: createGroupSchema,
  run: createGroup,
  refresh: () => [groupsPath],
});

export const updateGroupAction = defineAction({ input: updateGroupSchema, run: updateGroup, refresh: groupPage });
export const previewUpdateGroupAction = defineAction({
  input: updateGroupSchema,
  run: (ctx, input) => previewChange(ctx, { groupId: input.id }, (inside) => updateGroup(inside, input)),
});

export const updateGroupRolesAction = defineAction({
  input: updateGroupRolesSchema,
  run: updateGroupRoles,
  refresh: groupPage,
});
export const previewUpdateGroupRolesAction = defineAction({
  input: updateGroupRolesSchema,
  run: (ctx, input) => previewChange(ctx, { groupId: input.id }, (inside) => updateGroupRoles(inside, input)),
});

export const deleteGroupAction = defineAction({
  input: deleteGroupSchema,
  run: deleteGroup,
  refresh: () => [groupsPath],
});
export const previewDeleteGroupAction = defineAction({
  input: deleteGroupSchema,
  run: (ctx, input) => previewChange(ctx, { groupId: input.id }, (inside) => deleteGroup(inside, input)),
});

export const addMemberAction = defineAction({ input: addMemberSchema, run: addMember, refresh: membersPage });
export const previewAddMemberAction = defineAction({
  input: addMemberSchema,
  run: (ctx, input) => previewChange(ctx, { people: [input.userId] }, (inside) => addMember(inside, input)),
});

export const removeMemberAction = defineAction({ input: memberSchema, run: removeMember, refresh: membersPage });
export const previewRemoveMemberAction = defineAction({
  input: memberSchema,
  run: (ctx, input) => previewChange(ctx, { people: [input.userId] }, (inside) => removeMember(inside, input)),
});

export const memberQuestion = defineAction({
  input: memberSchema,
  run: (ctx, { groupId, userId }) => getMember(ctx, groupId, userId),
});
export const pickMemberQuestion = defineAction({
  input: pickMemberSchema,
  run: (ctx, { groupId, q }) => searchCandidates(ctx, groupId, q),
});
export const pickGroupOwnerQuestion = defineAction({
  input: pickSchema,
  run: (ctx, { q }) => searchNewOwners(ctx, q),
});
export const filterOwnerQuestion = defineAction({ input: pickSchema, run: (ctx, { q }) => searchOwners(ctx, q) });
export const pickCarriedRoleQuestion = defineAction({ input: pickSchema, run: (ctx, { q }) => searchRoles(ctx, q) });
