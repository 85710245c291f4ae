import { describe, expect, test } from "vitest";
import { clientStatuses, shownStatuses } from "@/db/enums";
import { clientVerbs, mayChange, mayDelete, mayIssueToken, pausedBy, verbsOf } from "@/lib/clients/policy";

const eve = { name: "Eve Engineer", status: "active" as const, ended: false };

describe("what each status offers (C4)", () => {
  test.each([
    ["provisioned", ["reprovision", "deregister"]],
    ["registered", ["reprovision", "deregister"]],
    ["deregistered", ["reregister"]],
  ] as const)("%s: %j, in this order", (status, verbs) => {
    expect(verbsOf(status)).toEqual(verbs);
  });

  test("nothing else is allowed: every status with every verb", () => {
    for (const status of clientStatuses)
      for (const verb of clientVerbs)
        expect(mayChange(verb, { name: "lab-rig-03", status }, eve).ok, `${verb} while ${status}`).toBe(
          verbsOf(status).includes(verb),
        );
  });

  test("only a deregistered one is deleted (C15)", () => {
    expect(clientStatuses.filter((status) => mayDelete({ name: "lab-rig-03", status }).ok)).toEqual(["deregistered"]);
    expect(mayDelete({ name: "lab-rig-03", status: "registered" })).toMatchObject({
      code: "precondition",
      reason: "lab-rig-03 is registered. Deregister it first.",
    });
  });

  test("a refusal states the current state", () => {
    expect(mayChange("reregister", { name: "lab-rig-03", status: "registered" }, eve)).toEqual({
      ok: false,
      code: "precondition",
      reason: "lab-rig-03 is registered. Only a deregistered client can be reregistered.",
    });
  });
});

describe("the owner's state governs (C10)", () => {
  const inState = (status: (typeof shownStatuses)[number]) => ({ name: "Eve Engineer", status, ended: false });

  test("nobody who has been removed gets a token, and their clients can still be ended", () => {
    const removed = inState("archived");
    expect(mayIssueToken(removed)).toMatchObject({ ok: false, code: "precondition" });
    expect(mayChange("reregister", { name: "x", status: "deregistered" }, removed).ok).toBe(false);
    expect(mayChange("reprovision", { name: "x", status: "registered" }, removed).ok).toBe(false);
    expect(mayChange("deregister", { name: "x", status: "registered" }, removed).ok).toBe(true);
  });

  test("everybody else may be given one, and a disabled owner pauses", () => {
    for (const status of shownStatuses.filter((one) => one !== "archived"))
      expect(mayIssueToken(inState(status)).ok).toBe(true);
    expect(pausedBy(inState("disabled"))).toBe("paused: Eve Engineer is disabled");
    expect(pausedBy({ ...inState("disabled"), ended: true })).toBe("paused: the access of Eve Engineer has ended");
    expect(pausedBy(inState("archived"))).toBe("stopped: Eve Engineer has been removed");
    for (const status of ["active", "invited", "locked"] as const) expect(pausedBy(inState(status))).toBeNull();
  });
});
