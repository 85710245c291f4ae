import type { Told } from "@/lib/audit/told";
import { type Phrase, text } from "@/lib/audit/words";
import { everyoneAndSelf, operationsOf } from "@/lib/kernel/operation";

const view = (told: Told) => {
  const list = told.words("list");
  const whose = told.fact("shared") ? [text(", which everybody has")] : told.belongingTo();
  return [...told.thing("view"), ...(list ? [text(` of the list ${list}`)] : []), ...whose];
};
const ofView = (past: string, base: string): Phrase => ({ past, base, object: view });

/** One's own at "own account"; at "everyone" also those that everybody has. */
export const viewOperations = operationsOf({
  "view.save": {
    noun: "Views of lists",
    sentence: "Save a view of a list",
    scopes: everyoneAndSelf,
    under: "account.update",
    creates: true,
    icon: "pencil",
    told: ofView("saved", "save"),
  },
  "view.delete": {
    noun: "Views of lists",
    sentence: "Delete a view of a list",
    scopes: everyoneAndSelf,
    under: "account.update",
    icon: "trash",
    told: ofView("deleted", "delete"),
  },
});
