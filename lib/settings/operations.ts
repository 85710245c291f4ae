import { reading } from "@/lib/audit/words";
import { everyone, operationsOf } from "@/lib/kernel/operation";

export const settingOperations = operationsOf({
  "setting.read": {
    noun: "Settings",
    sentence: "See the settings",
    scopes: everyone,
    icon: "eye",
    told: reading("the settings"),
  },
  "setting.update": {
    noun: "Settings",
    sentence: "Change a setting",
    scopes: everyone,
    stepUp: true,
    icon: "pencil",
    told: { past: "changed", base: "change", object: (told) => told.thing("setting") },
  },
});
