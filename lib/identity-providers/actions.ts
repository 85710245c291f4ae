"use server";
import { action, defineAction } from "@/lib/http/action";
import { createProvider } from "@/lib/identity-providers/commands/create";
import { releaseProvider, requireProvider } from "@/lib/identity-providers/commands/only";
import { cancelLink, prepareLink } from "@/lib/identity-providers/commands/prepare-link";
import { deleteProvider, disableProvider, enableProvider } from "@/lib/identity-providers/commands/state";
import { unlinkIdentity } from "@/lib/identity-providers/commands/unlink";
import { updateConnection, updateProvider } from "@/lib/identity-providers/commands/update";
import { previewMapping } from "@/lib/identity-providers/preview";
import { asks } from "@/lib/kernel/ask";
import { searchGroups, searchNewOwners } from "@/lib/people/pickers";
import { pickSchema } from "@/lib/users/schema";

export const createProviderAction = action(createProvider);
export const updateProviderAction = action(updateProvider);
export const previewProviderAction = defineAction({ input: updateProvider.input, run: previewMapping });
export const updateConnectionAction = action(updateConnection);
export const enableProviderAction = action(enableProvider);
export const mayEnableProviderAction = defineAction({ input: enableProvider.input, run: asks(enableProvider) });
export const disableProviderAction = action(disableProvider);
export const deleteProviderAction = action(deleteProvider);
export const requireProviderAction = action(requireProvider);
export const releaseProviderAction = action(releaseProvider);
export const unlinkIdentityAction = action(unlinkIdentity);

export const prepareLinkAction = action(prepareLink);
export const cancelLinkAction = action(cancelLink);

export const pickProviderOwnerAction = defineAction({
  input: pickSchema,
  run: (ctx, { q }) => searchNewOwners(ctx, q),
});
export const pickProviderGroupAction = defineAction({ input: pickSchema, run: (ctx, { q }) => searchGroups(ctx, q) });
