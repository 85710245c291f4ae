import { randomInt } from "node:crypto";

const letters = "abcdefghijkmnpqrstuvwxyz23456789";

/** Twenty letters of 32 in groups of five: 100 bits, no two that look alike. */
export function generatePassword(): string {
  const group = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}
