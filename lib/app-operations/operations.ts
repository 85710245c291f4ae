import type { Told } from "@/lib/audit/told";
import { everyone, operationsOf } from "@/lib/kernel/operation";

const declared = (told: Told) => told.things("operation", "operations");

export const appOperationOperations = operationsOf({
  "app_operation.declare": {
    noun: "App operations",
    sentence: "Declare operations of the product",
    scopes: everyone,
    icon: "pencil",
    told: { past: "declared", base: "declare", object: declared },
  },
  "app_operation.remove": {
    noun: "App operations",
    sentence: "Remove an operation of the product",
    scopes: everyone,
    icon: "pencil",
    told: { past: "removed", base: "remove", object: declared },
  },
});
