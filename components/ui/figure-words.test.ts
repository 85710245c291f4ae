import { describe, expect, it } from "vitest";
import { formatFigure } from "./figure-words";

describe("formatFigure", () => {
  it.each([
    [0, null, "0"],
    [999, null, "999"],
    [1_000, null, "1,000"],
    [1_234_567, null, "1,234,567"],
    [1_234_567, "en-US", "1,234,567"],
    [1_234_567, "de-DE", "1.234.567"],
    [1_234_567, "fr-FR", "1\u202f234\u202f567"],
    [10_000, "iso", "10\u2009000"],
    [-10_000, "de-DE", "-10.000"],
  ] as const)("writes %d for %s as %s", (value, written, words) => {
    expect(formatFigure(value, written)).toBe(words);
  });
});
