"use server";
import { defineAction } from "@/lib/action";
import { declareOperation, importOperations, removeOperation } from "@/lib/app-operations/commands";
import { declarableSchema } from "@/lib/app-operations/own-nouns";
import { importOperationsSchema, operationKeySchema } from "@/lib/app-operations/schema";

const pages = () => ["/admin/roles", "/admin/roles/operations", "/admin/privileges"];

export const declareOperationAction = defineAction({
  input: declarableSchema,
  run: declareOperation,
  refresh: pages,
});
export const importOperationsAction = defineAction({
  input: importOperationsSchema,
  run: importOperations,
  refresh: pages,
});
export const removeOperationAction = defineAction({ input: operationKeySchema, run: removeOperation, refresh: pages });
