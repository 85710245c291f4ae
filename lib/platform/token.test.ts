import { describe, expect, test } from "vitest";
import { hashToken, isTokenText, newToken } from "@/lib/platform/token";

describe("the text of a token (C2, T2)", () => {
  test("has its prefix, 43 digits of body and a checksum of six", () => {
    const token = newToken("gh_cli");
    expect(token.text).toMatch(/^gh_cli_[0-9A-Za-z]{49}$/);
    expect(token.prefix).toBe("gh_cli_");
    expect(token.lastFour).toBe(token.text.slice(-4));
    expect(token.hash).toBe(hashToken(token.text));
    expect(token.hash).not.toContain(token.text);
  });

  test("is never the same twice", () => {
    const texts = Array.from({ length: 1000 }, () => newToken("gh_pat").text);
    expect(new Set(texts).size).toBe(1000);
  });

  test("is recognised offline, and only as what it is", () => {
    const { text } = newToken("gh_cli");
    expect(isTokenText("gh_cli", text)).toBe(true);
    expect(isTokenText("gh_pat", text)).toBe(false);
    expect(isTokenText("gh_cli", `${text} `)).toBe(false);
    expect(isTokenText("gh_cli", text.slice(0, -1))).toBe(false);
    expect(isTokenText("gh_cli", "gh_cli_")).toBe(false);
  });

  test("one letter changed anywhere is noticed", () => {
    const { text } = newToken("gh_cli");
    for (let at = "gh_cli_".length; at < text.length; at++) {
      const other = text[at] === "a" ? "b" : "a";
      expect(isTokenText("gh_cli", text.slice(0, at) + other + text.slice(at + 1))).toBe(false);
    }
  });

  test("keeps its checksum for scanners: a known text", () => {
    const zeros = `gh_cli_${"0".repeat(43)}`;
    expect(isTokenText("gh_cli", `${zeros}1ltX6c`)).toBe(true);
    expect(isTokenText("gh_cli", `${zeros}1ltX6d`)).toBe(false);
  });
});
