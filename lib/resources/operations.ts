import type { Told } from "@/lib/audit/told";
import { type Phrase, reading } from "@/lib/audit/words";
import { operationsOf, peopleAndSelf } from "@/lib/kernel/operation";

const resource = (told: Told) => [...told.thing("resource"), ...told.belongingTo()];
const ofResource = (past: string, base: string): Phrase => ({ past, base, object: resource });

/** On things of people's, by whose they are: what a resource is gives nothing here, so it is no grant, and R13 does not ask. */
export const resourceOperations = operationsOf({
  "resource.read": {
    noun: "Resources",
    sentence: "See resources by their owner",
    scopes: peopleAndSelf,
    icon: "eye",
    told: reading("the resources"),
  },
  "resource.register": {
    noun: "Resources",
    sentence: "Register or update a resource",
    scopes: peopleAndSelf,
    icon: "pencil",
    told: ofResource("registered", "register"),
  },
  "resource.update": {
    noun: "Resources",
    sentence: "Change a resource and its owner",
    scopes: peopleAndSelf,
    under: "resource.register",
    icon: "pencil",
    told: ofResource("changed", "change"),
  },
  "resource.delete": {
    noun: "Resources",
    sentence: "Delete a resource",
    scopes: peopleAndSelf,
    icon: "trash",
    told: ofResource("deleted", "delete"),
  },
});
