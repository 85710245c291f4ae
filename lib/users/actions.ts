"use server";
import { action, defineAction } from "@/lib/http/action";
import { asks } from "@/lib/kernel/ask";
import { userList } from "@/lib/people/pages";
import {
  searchConfigurations,
  searchGroups,
  searchManagers,
  searchNewManagers,
  searchNewOwners,
  searchRoles,
} from "@/lib/people/pickers";
import { previewChange } from "@/lib/previews/preview";
import { archiveUser } from "@/lib/users/commands/archive";
import { createUser } from "@/lib/users/commands/create";
import { disableUser, enableUser } from "@/lib/users/commands/disable";
import { purgeUser } from "@/lib/users/commands/purge";
import { restoreUser } from "@/lib/users/commands/restore";
import { unlockUser } from "@/lib/users/commands/unlock";
import { updateUser } from "@/lib/users/commands/update";
import { updateAccess } from "@/lib/users/commands/update-access";
import { viewAs } from "@/lib/users/commands/view-as";
import { handBackOffer } from "@/lib/users/handovers";
import { inviteUsers } from "@/lib/users/invitees/invite-users";
import { readInvitees } from "@/lib/users/invitees/read-invitees";
import { inviteUsersSchema, readInviteesSchema } from "@/lib/users/invitees/schema";
import { archivePreview, endPreview } from "@/lib/users/leaving-preview";
import { checkNewNames } from "@/lib/users/new-names";
import { firstPageOf, getActionSubject } from "@/lib/users/queries";
import {
  newNamesSchema,
  pickManagerSchema,
  pickOwnerSchema,
  pickSchema,
  undoSchema,
  updateAccessSchema,
  updateUserSchema,
  userIdSchema,
} from "@/lib/users/schema";
import { wayBackFrom } from "@/lib/users/undo";

export const createUserAction = defineAction({
  input: createUser.input,
  run: async (ctx, input) => {
    const created = await createUser(ctx, input);
    return { ...created, onwards: await firstPageOf(ctx, created.id) };
  },
  refresh: createUser.refresh,
});
export const previewCreateUserAction = defineAction({
  input: createUser.input,
  run: (ctx, input) => previewChange(ctx, createUser, input, { username: input.username }),
});
export const readInviteesAction = defineAction({ input: readInviteesSchema, run: readInvitees });
export const inviteUsersAction = defineAction({
  input: inviteUsersSchema,
  run: inviteUsers,
  refresh: () => [userList],
});
export const checkNewNamesAction = defineAction({ input: newNamesSchema, run: checkNewNames });
export const updateUserAction = action(updateUser);
export const updateAccessAction = action(updateAccess);
export const disableUserAction = action(disableUser);
export const enableUserAction = action(enableUser);
export const unlockUserAction = action(unlockUser);
export const archiveUserAction = action(archiveUser);
export const previewArchiveUserAction = defineAction({
  input: archiveUser.input,
  run: (ctx, input) => previewChange(ctx, archiveUser, input, { people: [input.id] }),
});
export const restoreUserAction = action(restoreUser);
export const purgeUserAction = action(purgeUser);
export const viewAsAction = action(viewAs);

export const previewUpdateUserAction = defineAction({
  input: updateUserSchema,
  run: (ctx, input) =>
    previewChange(ctx, updateUser, { ...input, password: "", confirmPassword: "" }, { people: [input.id] }),
});
export const previewUpdateAccessAction = defineAction({
  input: updateAccessSchema,
  run: (ctx, input) => previewChange(ctx, updateAccess, input, { people: [input.id] }),
});

export const mayUpdateUserAction = defineAction({
  input: updateUserSchema,
  run: asks(updateUser),
});
export const mayUpdateAccessAction = defineAction({
  input: updateAccessSchema,
  run: asks(updateAccess),
});
export const getWayBackAction = defineAction({ input: undoSchema, run: wayBackFrom });

export const getActionSubjectAction = defineAction({
  input: userIdSchema,
  run: (ctx, { id }) => getActionSubject(ctx, id),
});
export const getArchivePreviewAction = defineAction({
  input: userIdSchema,
  run: (ctx, { id }) => archivePreview(ctx, id),
});
export const getHandBackOfferAction = defineAction({
  input: userIdSchema,
  run: (ctx, { id }) => handBackOffer(ctx, id),
});
export const getEndPreviewAction = defineAction({
  input: userIdSchema,
  run: (ctx, { id }) => endPreview(ctx, id),
});
export const pickManagerAction = defineAction({
  input: pickManagerSchema,
  run: (ctx, { q, userId }) => searchNewManagers(ctx, q, userId),
});
export const pickOwnerAction = defineAction({
  input: pickOwnerSchema,
  run: (ctx, { q, exceptId }) => searchNewOwners(ctx, q, exceptId),
});
export const pickGroupAction = defineAction({ input: pickSchema, run: (ctx, { q }) => searchGroups(ctx, q) });
export const pickRoleAction = defineAction({ input: pickSchema, run: (ctx, { q }) => searchRoles(ctx, q) });
export const filterManagerAction = defineAction({ input: pickSchema, run: (ctx, { q }) => searchManagers(ctx, q) });
export const filterConfigurationAction = defineAction({
  input: pickSchema,
  run: (ctx, { q }) => searchConfigurations(ctx, q),
});
