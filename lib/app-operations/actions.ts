"use server";
import * as commands from "@/lib/app-operations/commands";
import { action } from "@/lib/http/action";

export const declareOperationAction = action(commands.declareOperation);
export const importOperationsAction = action(commands.importOperations);
export const removeOperationAction = action(commands.removeOperation);
