"use server";
import { previewChange } from "@/lib/access/preview";
import { defineAction } from "@/lib/action";
import { archiveUser } from "@/lib/users/commands/archive";
import { createUser } from "@/lib/users/commands/create";
import { disableUser, enableUser } from "@/lib/users/commands/disable";
import { purgeUser } from "@/lib/users/commands/purge";
import { restoreUser } from "@/lib/users/commands/restore";
import { unlockUser } from "@/lib/users/commands/unlock";
import { updateUser } from "@/lib/users/commands/update";
import { updateAccess } from "@/lib/users/commands/update-access";
import { handBackOffer } from "@/lib/users/handovers";
import {
  searchConfigurations,
  searchGroups,
  searchManagers,
  searchNewManagers,
  searchNewOwners,
  searchPeople,
  searchRoles,
} from "@/lib/users/pickers";
import { archivePreview, endPreview, firstPageOf, getActionSubject } from "@/lib/users/queries";
import {
  archiveUserSchema,
  createUserSchema,
  disableUserSchema,
  pickManagerSchema,
  pickOwnerSchema,
  pickSchema,
  purgeUserSchema,
  restoreUserSchema,
  updateAccessSchema,
  updateUserSchema,
  userIdSchema,
} from "@/lib/users/schema";

const list = "/admin/users";
const listAndUser = ({ id }: { id: string }) => [list, `${list}/${id}`];

export const createUserAction = defineAction({
  input: createUserSchema,
  run: async (ctx, input) => {
    const created = await createUser(ctx, input);
    return { ...created, onwards: await firstPageOf(ctx, created.id) };
  },
  refresh: () => [list],
});
export const updateUserAction = defineAction({ input: updateUserSchema, run: updateUser, refresh: listAndUser });
export const updateAccessAction = defineAction({ input: updateAccessSchema, run: updateAccess, refresh: listAndUser });
export const enableUserAction = defineAction({ input: userIdSchema, run: enableUser, refresh: listAndUser });
export const unlockUserAction = defineAction({
  input: userIdSchema,
  run: unlockUser,
  refresh: (user) => [...listAndUser(user), "/admin/sessions/locked", "/admin"],
});
/** These two end with a checklist, which refreshes the page when it closes. */
export const disableUserAction = defineAction({ input: disableUserSchema, run: disableUser });
export const archiveUserAction = defineAction({ input: archiveUserSchema, run: archiveUser });
/** With something handed back it ends with such a list as well. */
export const restoreUserAction = defineAction({
  input: restoreUserSchema,
  run: restoreUser,
  refresh: (user, { handBack = [] }) => (handBack.length > 0 ? [] : listAndUser(user)),
});
export const purgeUserAction = defineAction({ input: purgeUserSchema, run: purgeUser, refresh: () => [list] });

export const previewUpdateUserAction = defineAction({
  input: updateUserSchema,
  run: (ctx, input) =>
    previewChange(ctx, { people: [input.id] }, (inside) =>
      updateUser(inside, { ...input, password: "", confirmPassword: "" }),
    ),
});
export const previewUpdateAccessAction = defineAction({
  input: updateAccessSchema,
  run: (ctx, input) => previewChange(ctx, { people: [input.id] }, (inside) => updateAccess(inside, input)),
});

export const actionSubjectQuestion = defineAction({
  input: userIdSchema,
  run: (ctx, { id }) => getActionSubject(ctx, id),
});
export const archivePreviewQuestion = defineAction({
  input: userIdSchema,
  run: (ctx, { id }) => archivePreview(ctx, id),
});
export const handBackQuestion = defineAction({
  input: userIdSchema,
  run: (ctx, { id }) => handBackOffer(ctx, id),
});
export const endPreviewQuestion = defineAction({
  input: userIdSchema,
  run: (ctx, { id }) => endPreview(ctx, id),
});
export const pickManagerQuestion = defineAction({
  input: pickManagerSchema,
  run: (ctx, { q, userId }) => searchNewManagers(ctx, q, userId),
});
export const pickOwnerQuestion = defineAction({
  input: pickOwnerSchema,
  run: (ctx, { q, exceptId }) => searchNewOwners(ctx, q, exceptId),
});
export const pickGroupQuestion = defineAction({ input: pickSchema, run: (ctx, { q }) => searchGroups(ctx, q) });
export const pickRoleQuestion = defineAction({ input: pickSchema, run: (ctx, { q }) => searchRoles(ctx, q) });
export const filterManagerQuestion = defineAction({ input: pickSchema, run: (ctx, { q }) => searchManagers(ctx, q) });
export const filterConfigurationQuestion = defineAction({
  input: pickSchema,
  run: (ctx, { q }) => searchConfigurations(ctx, q),
});
export const searchPaletteQuestion = defineAction({
  input: pickSchema,
  run: async (ctx, { q }) =>
    (await searchPeople(ctx, q)).map((person) => ({ ...person, href: `/admin/users/${person.id}` })),
});
