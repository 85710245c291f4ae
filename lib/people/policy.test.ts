import { describe, expect, test } from "vitest";
import { shownStatuses } from "@/db/enums";
import { type Subject, type UserOperation, userOperations, userRules } from "@/lib/people/policy";

type State = "active" | "invited" | "disabled" | "locked" | "archived" | "ended" | "ended and disabled";

/** Anyone who signs in can have a token of theirs made for them. */
const bySession: UserOperation[] = ["token.issue", "user.view_as"];
const byLink: UserOperation[] = ["invitation.revoke", "password.reset", "identity.prepare"];

/** What may be done in each state (U10), by somebody else. */
const allowed: Record<State, UserOperation[]> = {
  active: ["user.update", "user.disable", "user.archive", ...byLink, ...bySession, "factor.reset"],
  invited: ["user.update", "user.disable", "user.archive", "invitation.send", ...byLink, "factor.reset"],
  locked: ["user.update", "user.disable", "user.unlock", "user.archive", ...byLink, ...bySession, "factor.reset"],
  disabled: ["user.update", "user.enable", "user.archive", "invitation.revoke", "factor.reset"],
  archived: ["user.restore", "user.purge"],
  ended: ["user.update", "user.disable", "user.archive", "invitation.revoke", "factor.reset"],
  "ended and disabled": [
    "user.update",
    "user.disable",
    "user.enable",
    "user.archive",
    "invitation.revoke",
    "factor.reset",
  ],
};

const states = Object.keys(allowed) as State[];

const stored: Partial<Record<State, string>> = { locked: "active", ended: "active", "ended and disabled": "disabled" };

const personIn = (state: State): Subject => ({
  id: "eve",
  name: "Eve Engineer",
  status: state.startsWith("ended") ? "disabled" : (state as Subject["status"]),
  storedStatus: stored[state] ?? state,
  ended: state.startsWith("ended"),
  keeper: null,
});

const cases = states.flatMap((state) =>
  userOperations.map((operation) => ({ state, operation, ok: allowed[state].includes(operation) })),
);

test("the table knows every state that is shown", () => {
  expect(states).toEqual(expect.arrayContaining([...shownStatuses]));
});

describe("what each state allows (U10)", () => {
  test.each(cases)("$operation while $state: $ok", ({ state, operation, ok }) => {
    const decision = userRules[operation]("ada", personIn(state));
    expect(decision.ok).toBe(ok);
    if (!decision.ok) {
      expect(decision.code).toBe("precondition");
      expect(decision.reason).toContain("Eve Engineer");
      expect(decision.reason).toMatch(/^[A-Z].*\.$/);
    }
  });

  test.each(cases)("$operation while $state is the same for the server's owner", ({ state, operation, ok }) => {
    expect(userRules[operation](null, personIn(state)).ok).toBe(ok);
  });
});

describe("nobody locks themselves out (U16)", () => {
  test.each(["user.disable", "user.archive"] as const)("%s on the actor is refused in every state", (operation) => {
    for (const state of states)
      expect(userRules[operation]("eve", personIn(state))).toMatchObject({
        ok: false,
        code: "precondition",
        reason: expect.stringMatching(/yourself\.$/),
      });
  });

  test("one's own details can be edited", () => {
    expect(userRules["user.update"]("eve", personIn("active")).ok).toBe(true);
  });
});
