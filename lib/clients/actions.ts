"use server";
import * as commands from "@/lib/clients/commands";
import { searchVersions } from "@/lib/clients/search-versions";
import { action, defineAction } from "@/lib/http/action";
import { searchClientOwners } from "@/lib/people/pickers";
import { pickSchema } from "@/lib/users/schema";

export const generateClientAction = action(commands.generateClient);
export const renameClientAction = action(commands.renameClient);
export const deleteClientAction = action(commands.deleteClient);
export const confirmTokenAction = action(commands.confirmToken);
export const deregisterClientAction = action(commands.deregisterClient);
export const disconnectClientAction = action(commands.disconnectClient);
export const reregisterClientAction = action(commands.reregisterClient);
export const renewTokenAction = action(commands.renewToken);
export const reprovisionClientAction = action(commands.reprovisionClient);

export const filterClientVersionAction = defineAction({
  input: pickSchema,
  run: (ctx, { q }) => searchVersions(ctx, q),
});

export const filterClientOwnerAction = defineAction({
  input: pickSchema,
  run: (ctx, { q }) => searchClientOwners(ctx, q),
});
