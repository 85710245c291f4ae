import { describe, expect, it } from "vitest";
import { outcomes } from "@/db/enums";
import { type Change, changeParts } from "@/lib/audit/changes";
import { describeEvent } from "@/lib/audit/describe";
import type { LoggedEvent } from "@/lib/audit/event";
import { fieldLabel, plain, valueParts } from "@/lib/audit/fields";
import { shownParts } from "@/lib/audit/words";
import { operationKeys } from "@/lib/operations";

const ada = { id: "0199aaaa-0000-7000-8000-00000000000a", name: "Ada Admin", visible: true };
const eve = { id: "0199aaaa-0000-7000-8000-00000000001e", name: "Eve Engineer", visible: true };

function event(operation: string, more: Partial<LoggedEvent> = {}): LoggedEvent {
  return {
    id: "0199aaaa-0000-7000-8000-0000000000ff",
    at: new Date("2026-11-19T09:24:00Z"),
    operation,
    outcome: "succeeded",
    actor: { kind: "person", ...ada },
    person: eve,
    target: { kind: "user", id: eve.id, name: null },
    requestId: "r",
    named: [],
    values: {},
    erased: false,
    ...more,
  };
}

const nobody = { kind: "nobody", id: null, name: null, visible: false } as const;
const told = (...args: Parameters<typeof event>) => plain(describeEvent(event(...args)).sentence);
const inWords = (changes: Change[]) => changes.map((change) => `${change.field}: ${plain(changeParts(change))}`);

describe("describeEvent", () => {
  it.each(operationKeys.flatMap((operation) => outcomes.map((outcome) => ({ operation, outcome }))))(
    "has a sentence for $operation, $outcome",
    ({ operation, outcome }) => {
      for (const actor of [{ kind: "person", ...ada } as const, { kind: "person", ...eve } as const, nobody])
        for (const person of [eve, null])
          for (const values of [
            {},
            { "fact.reason": "You don't have permission.", "fact.count": 2, address: "10.20.4.31" },
          ]) {
            const sentence = told(operation, { outcome, actor, person, values });
            expect(sentence).toMatch(/^\p{Lu}\S* \S+/u);
            expect(sentence).not.toContain(operation);
            expect(sentence).not.toMatch(/undefined|null|\[object| {2}|\.$/);
            if (outcome !== "succeeded") expect(sentence).toMatch(/refused|failed|could not/);
          }
    },
  );

  it.each([
    [
      told("client.generate", { values: { "fact.client": "lab-rig-03" } }),
      "Ada Admin generated client lab-rig-03 for Eve Engineer",
    ],
    [told("user.update"), "Ada Admin edited Eve Engineer"],
    [
      told("user.disable", { values: { "fact.reason": "On leave until spring", "fact.sessions": 2 } }),
      "Ada Admin disabled Eve Engineer, ending 2 sessions: “On leave until spring”",
    ],
    [
      told("user.disable", {
        outcome: "refused",
        values: {
          "fact.reason": "You don't have permission to disable a user here: Eve Engineer is outside your reach.",
        },
      }),
      "Ada Admin tried to disable Eve Engineer and was refused: “You don't have permission to disable a user here: Eve Engineer is outside your reach”",
    ],
    [told("role.read", { outcome: "refused" }), "Ada Admin tried to read the roles and was refused"],
    ...[
      ["Your account is disabled. Ask an administrator to enable it.", "the account is disabled"],
      ["Your access has ended. Ask an administrator to extend it.", "the access has ended"],
      ["Your account has been removed. Ask an administrator to restore it.", "the account has been removed"],
      ["the account is disabled", "the account is disabled"],
    ].map(([stored, reason]) => [
      told("session.start", {
        actor: nobody,
        outcome: "refused",
        values: { "fact.reason": stored, address: "127.0.0.1" },
      }),
      `Sign-in of Eve Engineer refused: ${reason}, from 127.0.0.1`,
    ]),
    [
      told("password.redeem", {
        actor: nobody,
        outcome: "refused",
        values: { "fact.reason": "Your password is managed by Corporate SSO." },
      }),
      "A link for a new password of Eve Engineer refused: the password is managed by Corporate SSO",
    ],
    [
      told("account.update", { actor: { kind: "person", ...eve }, values: { "change.picture": ["none", "changed"] } }),
      "Eve Engineer changed their picture",
    ],
    [
      told("account.update", { actor: { kind: "person", ...eve }, values: { "change.password": [null, "changed"] } }),
      "Eve Engineer changed their password",
    ],
    [
      told("account.update", {
        actor: { kind: "person", ...eve },
        values: { "change.firstName": ["Eve", "Eva"], "change.lastName": ["Engineer", "E."] },
      }),
      "Eve Engineer changed their own account",
    ],
    [told("user.update", { outcome: "failed" }), "Ada Admin could not edit Eve Engineer: something went wrong"],
    [
      told("session.refuse", {
        actor: nobody,
        outcome: "refused",
        values: { "fact.reason": "wrong password", address: "10.20.4.31" },
      }),
      "Sign-in refused for Eve Engineer: wrong password, from 10.20.4.31",
    ],
    [
      told("session.refuse", {
        actor: nobody,
        outcome: "refused",
        person: null,
        values: { "fact.reason": "unknown name", "fact.count": 12, address: "10.20.4.31" },
      }),
      "Sign-in refused: unknown name, 12 times within a minute, from 10.20.4.31",
    ],
    [
      told("session.start", { actor: nobody, values: { address: "10.0.0.1" } }),
      "Eve Engineer signed in, from 10.0.0.1",
    ],
    [told("session.end", { values: { "fact.count": 2 } }), "Ada Admin ended 2 sessions of Eve Engineer"],
    [told("session.end", { actor: { kind: "person", ...eve } }), "Eve Engineer ended one of their own sessions"],
    [told("user.view_as"), "Ada Admin started viewing as Eve Engineer"],
    [told("user.view_as", { outcome: "refused" }), "Ada Admin tried to view as Eve Engineer and was refused"],
    [told("user.stop_viewing"), "Ada Admin stopped viewing as Eve Engineer"],
    [told("user.purge", { person: { ...eve, name: null } }), "Ada Admin permanently erased purged user …001e"],
    [
      told("user.create", { actor: { kind: "operator", id: null, name: null, visible: false } }),
      "The server's owner created Eve Engineer",
    ],
    [
      told("client.register", { actor: nobody, values: { "fact.client": "eve-laptop" } }),
      "Client eve-laptop of Eve Engineer registered",
    ],
    [
      told("client.register", {
        actor: nobody,
        outcome: "refused",
        values: { "fact.client": "eve-laptop", "fact.reason": "The token had been used before." },
      }),
      "Registration of client eve-laptop of Eve Engineer refused: The token had been used before",
    ],
    [
      told("user.disable", {
        actor: { kind: "service_account", id: ada.id, name: "Nightly build", visible: true },
        values: { token: "ci", account: "Nightly" },
      }),
      "Service account Nightly build by token ci disabled Eve Engineer",
    ],
    [
      told("user.enable", {
        actor: { kind: "service_account", id: ada.id, name: null, visible: false },
        values: { token: "ci", account: "Nightly" },
      }),
      "Service account Nightly by token ci enabled Eve Engineer",
    ],
    [
      told("token.revoke", { values: { "fact.token": "ci", "fact.account": "Nightly" } }),
      "Ada Admin revoked token ci of service account Nightly",
    ],
    [
      told("service_account.create", { values: { "fact.account": "Nightly" } }),
      "Ada Admin created service account Nightly for Eve Engineer",
    ],
    [
      told("service_account.delete", { values: { "fact.account": "Nightly", "fact.tokens": ["ci"] } }),
      "Ada Admin deleted service account Nightly, ending 1 token",
    ],
    [told("project.create"), "Ada Admin · project.create"],
  ])("%s", (sentence, expected) => expect(sentence).toBe(expected));

  it("does not repeat the person on their own page", () => {
    const refused = event("session.refuse", {
      actor: nobody,
      outcome: "refused",
      values: { "fact.reason": "wrong password", address: "10.20.4.31" },
    });
    expect(plain(describeEvent(refused, { about: eve.id }).sentence)).toBe(
      "Sign-in refused: wrong password, from 10.20.4.31",
    );
  });

  it("shows old and new per field, in words", () => {
    const { changes } = describeEvent(
      event("user.update", {
        values: {
          "change.lastName": ["Engineer", "Engineer-Park"],
          "change.groups": [["Regression"], ["Regression", "Staging until 2027-01-31T00:00:00.000Z"]],
          "change.manager": [null, "Lee Lead"],
          "change.mustChangePassword": [false, true],
        },
      }),
    );
    expect(inWords(changes)).toEqual([
      "Last Name: Engineer to Engineer-Park",
      "Groups: added Staging until 2027-01-31 00:00 UTC",
      "Manager: none to Lee Lead",
      "Force password change at next sign-in: no to yes",
    ]);
  });

  it.each([
    [[], ["Staging"], ["added Staging"]],
    [["Release", "Staging"], ["Staging"], ["removed Release"]],
    [["Release", "Staging"], ["Regression", "Staging"], ["added Regression, removed Release"]],
    [["Release"], [], ["removed Release"]],
    [["Release"], null, ["removed Release"]],
    [["A", "B"], ["B", "A"], []],
    [["somebody", "somebody"], ["somebody"], ["removed somebody"]],
    [null, [], []],
    [null, "", []],
    [null, "changed", ["changed"]],
    ["none", "set", ["set"]],
    ["set", "changed", ["changed"]],
    ["set", null, ["set to none"]],
    ["Engineer", "set", ["Engineer to set"]],
  ])("tells %j to %j as %j", (old, next, expected) => {
    const { changes } = describeEvent(event("user.update", { values: { "change.field": [old, next] } }));
    expect(inWords(changes)).toEqual(expected.map((words) => `Field: ${words}`));
  });

  it("shows a creation without what was before it", () => {
    const { changes } = describeEvent(
      event("user.create", {
        values: { "change.email": [null, "eve@northwind.example"], "change.groups": [null, []] },
      }),
    );
    expect(changes).toEqual([
      {
        ...{ field: "Email", told: false, kind: "value" },
        ...{ old: null, next: [{ kind: "text", text: "eve@northwind.example" }] },
      },
    ]);
  });

  it("marks what the sentence says already", () => {
    const { changes } = describeEvent(
      event("user.disable", {
        values: { "change.status": ["active", "disabled"], "change.disabledUntil": [null, "2027-01-31T00:00:00.000Z"] },
      }),
    );
    expect(changes.map(({ field, told }) => [field, told])).toEqual([
      ["Status", true],
      ["Disabled until", false],
    ]);
  });

  it("keeps for the details what the sentence leaves out", () => {
    const { facts } = describeEvent(
      event("client.register", {
        actor: nobody,
        values: { "fact.client": "c", "fact.version": "2.4.1", "fact.platform": "linux", "fact.objects": [] },
      }),
    );
    expect(facts.map(({ label, value }) => `${label}: ${plain(value)}`)).toEqual(["Version: 2.4.1", "Platform: linux"]);
  });
});

describe("words of fields and values", () => {
  it.each([
    ["lastName", "Last Name"],
    ["Last Name", "Last Name"],
    ["some_new_field", "Some New Field"],
    ["constructor", "Constructor"],
  ])("%s is %s", (field, label) => expect(fieldLabel(field)).toBe(label));

  it("lists a hundred of a list, and how many more there are", () => {
    const many = Array.from({ length: 1_000 }, (_, index) => `n${index}`);
    expect(plain(valueParts(many))).toMatch(/^n0, n1, .*, n99 and 900 more$/);
    expect(plain(valueParts(many.slice(0, 100)))).toMatch(/, n99$/);
  });

  it("finds moments and leaves other text unchanged", () => {
    expect(valueParts("2026-11-19T09:24:00.000Z")).toEqual([{ kind: "moment", at: "2026-11-19T09:24:00.000Z" }]);
    expect(valueParts("build 2026-11-19")).toEqual([{ kind: "text", text: "build 2026-11-19" }]);
    expect(plain(valueParts("9999-99-99T99:99:99Z"))).toBe("9999-99-99T99:99:99Z");
  });

  it("hides the id of a person whom the reader may not open", () => {
    const hidden = { ...eve, visible: false };
    const { sentence } = describeEvent(event("user.disable", { person: hidden }));
    const shown = shownParts(sentence);
    expect(plain(shown)).toBe(plain(sentence));
    expect(JSON.stringify(sentence)).toContain(eve.id);
    expect(JSON.stringify(shown)).not.toContain(eve.id);
    expect(shownParts(describeEvent(event("user.disable")).sentence)).toEqual(
      describeEvent(event("user.disable")).sentence,
    );
  });
});
