import { describe, expect, test } from "vitest";
import { presets } from "@/db/seed/presets/presets";
import { lookAlikeKey } from "@/lib/roles/look-alike";

describe("names that look alike have one key", () => {
  test.each([
    ["capitals", "ADMIN"],
    ["a space", "Ad min"],
    ["a full stop", "Admin."],
    ["a zero-width space", "Ad\u200bmin"],
    ["a filler of Hangul", "Admin\u3164"],
    ["a variation selector", "Admin\ufe0f"],
    ["a soft hyphen", "Ad\u00admin"],
    ["a turn of direction", "\u202eAdmin"],
    ["full width", "Ａｄｍｉｎ"],
    ["letters of mathematics", "𝐀𝐝𝐦𝐢𝐧"],
    ["an accent", "Ádmin"],
    ["Cyrillic", "Аdmіn"],
    ["Greek", "Αdmιn"],
    ["small capitals", "ᴀᴅᴍɪɴ"],
    ["a digit", "Adm1n"],
    ["an l", "Admln"],
    ["r and n for m", "Adrnin"],
  ])("%s: %s", (_, name) => {
    expect(lookAlikeKey(name)).toBe(lookAlikeKey("Admin"));
  });

  test.each(["Administration", "Project Admin", "Domain", "Amin", "Admins"])("%s is another name", (name) => {
    expect(lookAlikeKey(name)).not.toBe(lookAlikeKey("Admin"));
  });

  test("a name in another script stays a name", () => {
    expect(lookAlikeKey("Качество")).not.toBe("");
    expect(lookAlikeKey("品質管理")).toBe("品質管理");
    expect(lookAlikeKey("!!! ---")).toBe("");
  });

  test("no two roles of a preset look alike", () => {
    for (const { roles } of presets) {
      const keys = roles.map(({ name }) => lookAlikeKey(name));
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});
