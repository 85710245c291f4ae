import { expect, test } from "vitest";
import { listPresets } from "@/lib/setup/queries";

test("every preset is described by an example, and by what the first administrator holds", () => {
  expect(listPresets().map(({ key, example, administrator }) => [key, example, administrator])).toEqual([
    [
      "quality_assurance",
      "Maya, a Quality Manager, sees and edits Lee, Eve and anybody else below them, and manages their clients; " +
        "Lee, a Quality Lead, sees Eve and anybody else below them, and sees their clients; " +
        "Eve, a Quality Engineer, sees only their own account.",
      ["Quality Manager", "Admin"],
    ],
    [
      "agent_life_cycle",
      "Maya, a Member, sees only their own account; with Development on top, Maya also builds and debugs agents.",
      ["Member", "Settings"],
    ],
    [
      "back_office",
      "Maya, a Head, sees everybody, and edits and disables Lee, Eve and anybody else below them; " +
        "Lee, a Manager, sees, edits and disables Eve and anybody else below them; " +
        "Eve, an Agent, sees only their own account.",
      ["Head", "Admin"],
    ],
  ]);
});
