import type { Told } from "@/lib/audit/told";
import { reading } from "@/lib/audit/words";
import { everyone, operationsOf } from "@/lib/kernel/operation";

const role = (told: Told) => told.thing("role");

export const roleOperations = operationsOf({
  "role.read": {
    noun: "Roles",
    sentence: "See roles and their operations",
    scopes: everyone,
    icon: "eye",
    told: reading("the roles"),
  },
  "role.create": {
    noun: "Roles",
    sentence: "Create a role",
    scopes: everyone,
    grants: true,
    icon: "pencil",
    told: { past: "created", base: "create", object: role },
    tells: ["name"],
    creates: true,
  },
  "role.update": {
    noun: "Roles",
    sentence: "Edit a role",
    scopes: everyone,
    grants: true,
    icon: "pencil",
    told: { past: "edited", base: "edit", object: role },
  },
  "role.delete": {
    noun: "Roles",
    sentence: "Delete a role",
    scopes: everyone,
    icon: "pencil",
    told: { past: "deleted", base: "delete", object: role },
  },
  "role.install": {
    noun: "Roles",
    sentence: "Add a role preset",
    scopes: everyone,
    grants: true,
    icon: "pencil",
    told: { past: "added", base: "add", object: (told) => told.thing("preset") },
  },
});
