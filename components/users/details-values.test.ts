import { expect, test } from "vitest";
import { endedAt } from "@/components/users/details-values";
import type { StoredForm } from "@/lib/users/conflict";

const now = new Date("2026-11-22T12:00:00Z");
const form = (roleEnds: StoredForm["roleEnds"]) => ({ roleEnds }) as StoredForm;

test.each([
  ["no end", null, null],
  ["an end to come", "2026-11-22T12:00:01Z", null],
  ["an end that is over", "2026-11-21T12:00:00Z", new Date("2026-11-21T12:00:00Z")],
  ["an end at this moment", now.toISOString(), now],
])("a role with %s (R6)", (_, endsAt, ended) => {
  expect(endedAt(form([{ roleId: "role", endsAt }]), "role", now)).toEqual(ended);
  expect(endedAt(form([{ roleId: "role", endsAt }]), "another", now)).toBeNull();
});
