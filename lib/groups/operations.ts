import type { Told } from "@/lib/audit/told";
import { reading, text, user } from "@/lib/audit/words";
import { everyone, operationsOf, ownedGroups } from "@/lib/kernel/operation";

const group = (told: Told) => told.thing("group");
const membership = (word: string) => (told: Told) => [...user(told), text(` ${word} `), ...group(told)];

export const groupOperations = operationsOf({
  "group.read": {
    noun: "Groups",
    sentence: "See a group",
    scopes: ownedGroups,
    icon: "eye",
    told: reading("the groups"),
  },
  "group.create": {
    noun: "Groups",
    sentence: "Create a group",
    scopes: everyone,
    grants: true,
    icon: "pencil",
    told: { past: "created", base: "create", object: group },
    tells: ["name"],
    creates: true,
  },
  "group.update": {
    noun: "Groups",
    sentence: "Edit a group and its roles",
    scopes: ownedGroups,
    grants: true,
    administrators: true,
    icon: "pencil",
    told: { past: "edited", base: "edit", object: group },
  },
  "group.delete": {
    noun: "Groups",
    sentence: "Delete a group",
    scopes: ownedGroups,
    administrators: true,
    icon: "pencil",
    told: { past: "deleted", base: "delete", object: group },
  },
  "group.add_member": {
    noun: "Groups",
    sentence: "Add a member to a group",
    scopes: ownedGroups,
    personal: true,
    grants: true,
    administrators: true,
    icon: "pencil",
    told: {
      past: "added",
      base: "add",
      object: membership("to"),
      more: (told) => told.after(" until ", "until"),
    },
  },
  "group.remove_member": {
    noun: "Groups",
    sentence: "Remove a member from a group",
    scopes: ownedGroups,
    personal: true,
    administrators: true,
    icon: "pencil",
    told: { past: "removed", base: "remove", object: membership("from") },
  },
});
