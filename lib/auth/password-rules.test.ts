import { describe, expect, test } from "vitest";
import { demoPassword } from "@/db/seed/cast";
import { passwordProblem, shortestWithFactor } from "@/lib/auth/password-rules";

const names = ["eve", "eve.engineer@northwind.example", "Éve", "Engineer"];

describe("passwordProblem (S2)", () => {
  test.each([
    ["the demonstration's", demoPassword],
    ["exactly 15 characters", "plum tractor 42"],
    ["256 characters", Array.from({ length: 64 }, (_, at) => `${String.fromCodePoint(0x4e00 + at * 7)}x9k`).join("")],
    ["spaces and other scripts", "  зелёный чай, pão  "],
    ["15 emoji count as 15", [..."🌲🦊🍎🚲🎻🌙🧊🪁🐙🍋🎲🧵🪐🥁🦉"].join("")],
    ["own name among other words", "eve likes to ride tractors"],
    ["control characters", "plum\ttractor\u0007 forty two"],
  ])("accepts %s", (_, password) => expect(passwordProblem(password, names)).toBeNull());

  test.each([
    ["14 characters", "plum tractor 4", "at least 15 characters, and this one has 14"],
    ["14 characters that are 15 before NFC", "plum tractor e\u0301".slice(0, 15), "has 14"],
    ["257 characters", "ab1x".repeat(64).concat("q"), "at most 256 characters"],
    ["own names", "EveEngineer.eve", "own names"],
    ["own address", "eve.engineer@northwind.example", "own names"],
    ["one character", "aaaaaaaaaaaaaaaaaaaa", "repeats one short piece"],
    ["a repeated piece", "abc1abc1abc1abc1", "repeats one short piece"],
    ["digits in order", "1234567890123456", "is a sequence of keys"],
    ["a keyboard walk", "qwertyuiopasdfghjkl", "is a sequence of keys"],
    ["the alphabet downwards", "zyxwvutsrqponmlkjih", "is a sequence of keys"],
  ])("refuses %s", (_, password, reason) => expect(passwordProblem(password, names)).toContain(reason));

  test("8 characters are enough beside a second factor, and every other rule holds", () => {
    expect(passwordProblem("plum tr4", names, shortestWithFactor)).toBeNull();
    expect(passwordProblem("plum tr", names, shortestWithFactor)).toContain(
      "at least 8 characters, and this one has 7",
    );
    expect(passwordProblem("12345678", names, shortestWithFactor)).toContain("is a sequence of keys");
  });
});
