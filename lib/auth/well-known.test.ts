import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { demoPassword } from "@/db/seed/cast";
import { countEntries, entryBytes } from "@/lib/auth/blocklist";
import { commonPasswords } from "@/lib/auth/common-passwords";
import { generatePassword } from "@/lib/auth/generate-password";
import { refuseWellKnown, wellKnownProblem } from "@/lib/auth/well-known";
import { wrongField } from "@/lib/testing/company";

describe("the list of well-known passwords (S2)", () => {
  test.each([
    ["password", "first of all lists"],
    ["PASSWORD1", "in capitals"],
    ["iloveyou", "of 8 characters"],
    ["trustno1", "with a digit"],
    ["p-a-s-s-w-o-r-d", "with signs between"],
    ["Correct Horse, Battery-Staple!", "a phrase in other letters"],
    ["1q2w3e4r5t6y7u8i", "a long pattern"],
    ["pässword", "with an accent"],
  ])("refuses %s, %s", (password) => expect(wellKnownProblem(password)).toContain("a well-known password"));

  test.each([
    [demoPassword],
    ["seven lanterns over the harbour"],
    ["  зелёный чай, pão  "],
    ["password for the third boat"],
    ["🌲🦊🍎🚲🎻🌙🧊🪁🐙🍋🎲🧵🪐🥁🦉"],
  ])("lets %s pass: only a whole password is compared", (password) => expect(wellKnownProblem(password)).toBeNull());

  test("of 20,000 random ones none is met, and there are too few entries to meet one by chance", () => {
    const random = Array.from({ length: 20_000 }, () => randomBytes(9).toString("base64url"));
    expect(random.filter((password) => wellKnownProblem(password) !== null)).toEqual([]);
    expect(wellKnownProblem(generatePassword())).toBeNull();
    expect(countEntries() / 2 ** (8 * entryBytes)).toBeLessThan(1e-9);
    expect(countEntries()).toBeGreaterThan(100_000);
  });

  test("names the field that it refuses", () => {
    expect(() => refuseWellKnown("newPassword", "football1")).toThrow(wrongField("newPassword", /well-known/));
  });

  test("every phrase can be met", () => {
    for (const entry of commonPasswords) expect(entry).toMatch(/^[a-z0-9]+$/);
  });
});
