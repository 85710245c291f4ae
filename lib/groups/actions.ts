"use server";
import { addMember } from "@/lib/groups/commands/add-member";
import { createGroup } from "@/lib/groups/commands/create";
import { deleteGroup } from "@/lib/groups/commands/delete";
import { removeMember } from "@/lib/groups/commands/remove-member";
import { updateGroup, updateGroupRoles } from "@/lib/groups/commands/update";
import { getMember } from "@/lib/groups/members";
import { memberPages } from "@/lib/groups/membership";
import {
  addMemberSchema,
  addMembersSchema,
  deleteGroupSchema,
  memberSchema,
  pickMemberSchema,
  removeMemberSchema,
  removeMembersSchema,
  updateGroupRolesSchema,
  updateGroupSchema,
} from "@/lib/groups/schema";
import { addMembers, mayRemoveMembers, previewAddMembers, removeMembers } from "@/lib/groups/several-members";
import { action, defineAction } from "@/lib/http/action";
import { asks } from "@/lib/kernel/ask";
import { searchCandidates, searchNewOwners, searchOwners, searchRoles } from "@/lib/people/pickers";
import { previewChange } from "@/lib/previews/preview";
import { pickSchema } from "@/lib/users/schema";

export const createGroupAction = action(createGroup);

export const updateGroupAction = action(updateGroup);
export const previewUpdateGroupAction = defineAction({
  input: updateGroupSchema,
  run: (ctx, input) => previewChange(ctx, updateGroup, input, { groupId: input.id }),
});

export const updateGroupRolesAction = action(updateGroupRoles);
export const previewUpdateGroupRolesAction = defineAction({
  input: updateGroupRolesSchema,
  run: (ctx, input) => previewChange(ctx, updateGroupRoles, input, { groupId: input.id }),
});

export const mayUpdateGroupAction = defineAction({ input: updateGroupSchema, run: asks(updateGroup) });
export const mayUpdateGroupRolesAction = defineAction({ input: updateGroupRolesSchema, run: asks(updateGroupRoles) });

export const deleteGroupAction = action(deleteGroup);
export const previewDeleteGroupAction = defineAction({
  input: deleteGroupSchema,
  run: (ctx, input) => previewChange(ctx, deleteGroup, input, { groupId: input.id }),
});

export const addMemberAction = action(addMember);
export const previewAddMemberAction = defineAction({
  input: addMemberSchema,
  run: (ctx, input) => previewChange(ctx, addMember, input, { people: [input.userId] }),
});

export const mayAddMemberAction = defineAction({ input: addMemberSchema, run: asks(addMember) });

export const addMembersAction = defineAction({
  input: addMembersSchema,
  run: addMembers,
  refresh: (_, { groupId, userIds }) => userIds.flatMap((userId) => memberPages(null, { groupId, userId })),
});
export const previewAddMembersAction = defineAction({ input: addMembersSchema, run: previewAddMembers });

export const removeMemberAction = action(removeMember);
export const removeMembersAction = defineAction({
  input: removeMembersSchema,
  run: removeMembers,
  refresh: (_, { groupId, people }) => people.flatMap(({ userId }) => memberPages(null, { groupId, userId })),
});
export const mayRemoveMembersAction = defineAction({ input: removeMembersSchema, run: mayRemoveMembers });
export const previewRemoveMemberAction = defineAction({
  input: removeMemberSchema,
  run: (ctx, input) => previewChange(ctx, removeMember, input, { people: [input.userId] }),
});

export const getMemberAction = defineAction({
  input: memberSchema,
  run: (ctx, { groupId, userId }) => getMember(ctx, groupId, userId),
});
export const pickMemberAction = defineAction({
  input: pickMemberSchema,
  run: (ctx, { groupId, q }) => searchCandidates(ctx, groupId, q),
});
export const pickGroupOwnerAction = defineAction({
  input: pickSchema,
  run: (ctx, { q }) => searchNewOwners(ctx, q),
});
export const filterOwnerAction = defineAction({ input: pickSchema, run: (ctx, { q }) => searchOwners(ctx, q) });
export const pickCarriedRoleAction = defineAction({ input: pickSchema, run: (ctx, { q }) => searchRoles(ctx, q) });
