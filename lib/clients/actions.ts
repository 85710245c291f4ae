"use server";
import * as commands from "@/lib/clients/commands";
import { action } from "@/lib/http/action";

export const generateClientAction = action(commands.generateClient);
export const renameClientAction = action(commands.renameClient);
export const deleteClientAction = action(commands.deleteClient);
export const confirmTokenAction = action(commands.confirmToken);
export const deregisterClientAction = action(commands.deregisterClient);
export const disconnectClientAction = action(commands.disconnectClient);
export const reregisterClientAction = action(commands.reregisterClient);
export const reprovisionClientAction = action(commands.reprovisionClient);
