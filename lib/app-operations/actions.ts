"use server";
import { action } from "@/lib/action";
import * as commands from "@/lib/app-operations/commands";

export const declareOperationAction = action(commands.declareOperation);
export const importOperationsAction = action(commands.importOperations);
export const removeOperationAction = action(commands.removeOperation);
