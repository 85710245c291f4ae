import { describe, expect, test } from "vitest";
import { foldEmail, foldName, foldText, fullName, nameColumns } from "@/lib/users/names";
import { emailSchema, usernameSchema } from "@/lib/users/schema";

describe("the normal form of an address (U1)", () => {
  test.each([
    ["eve@northwind.example", "eve@northwind.example"],
    ["  Eve@NorthWind.Example ", "eve@northwind.example"],
    ["eve+tests@northwind.example", "eve+tests@northwind.example"],
    ["eve@bücher.example", "eve@xn--bcher-kva.example"],
    ["eve@xn--bcher-kva.example", "eve@xn--bcher-kva.example"],
    ["eve@BÜCHER.example", "eve@xn--bcher-kva.example"],
    ["ｅｖｅ＠northwind.example", "eve@northwind.example"],
    ["eve@northwind。example", "eve@northwind.example"],
    ["ﬁona@northwind.example", "fiona@northwind.example"],
    ["jürgen@northwind.example", "jürgen@northwind.example"],
    ["ju\u0308rgen@northwind.example", "jürgen@northwind.example"],
    ["o'neil@northwind.example", "o'neil@northwind.example"],
  ])("%j is %j", (typed, key) => {
    expect(foldEmail(typed)).toBe(key);
    expect(foldEmail(key)).toBe(key);
  });

  test.each([
    "",
    "eve",
    "@northwind.example",
    "eve@",
    "eve@@northwind.example",
    "eve@home@northwind.example",
    "eve＠home@northwind.example",
    "eve@localhost",
    "eve@127.0.0.1",
    "eve@0x7f.1",
    "eve@[::1]",
    "eve@northwind.example:25",
    "eve@north/wind.example",
    "eve@north?wind.example",
    "eve@north#wind.example",
    "eve@northwind..example",
    "eve@.example",
    "eve@north wind.example",
    "e ve@northwind.example",
    "eve@northwind.example\nBcc: all@northwind.example",
    "eve\0@northwind.example",
    "eve\u200b@northwind.example",
    "<eve@northwind.example>",
    "eve,lee@northwind.example",
    "eve;lee@northwind.example",
    '"eve"@northwind.example',
    "eve\\@northwind.example",
  ])("%j is none", (typed) => {
    expect(foldEmail(typed)).toBeNull();
    expect(emailSchema.safeParse(typed).success).toBe(false);
  });
});

describe("user names (U1)", () => {
  test.each([
    ["eve", "eve"],
    ["Eve.Engineer", "eve.engineer"],
    ["EVE@northwind.example", "eve@northwind.example"],
    ["e_v-e+1", "e_v-e+1"],
    ["ｅｖｅ", "eve"],
    ["JÜRGEN", "jürgen"],
    ["ju\u0308rgen", "jürgen"],
    ["Ωmega", "ωmega"],
  ])("%j is compared as %j", (typed, key) => {
    expect(foldName(usernameSchema.parse(typed))).toBe(key);
  });

  test.each([
    ["too short", "ev"],
    ["too short once trimmed", " ev "],
    ["too long", "e".repeat(65)],
    ["a space", "eve engineer"],
    ["a slash", "eve/engineer"],
    ["a NUL", "eve\0"],
    ["an invisible letter", "eve\u200b"],
    ["right to left", "eve\u202e"],
    ["a lone surrogate", "eve\ud800"],
    ["markup", "<eve>"],
  ])("refuses %s", (_, typed) => {
    expect(usernameSchema.safeParse(typed).success).toBe(false);
  });

  test("3 and 64 characters are allowed", () => {
    expect(usernameSchema.parse("eve")).toBe("eve");
    expect(usernameSchema.parse("e".repeat(64))).toHaveLength(64);
  });

  test("what is kept is the typed name in NFKC, with its case", () => {
    expect(usernameSchema.parse(" Ｅve ")).toBe("Eve");
  });
});

describe("names as they are shown and searched", () => {
  test.each([
    ["Eve", "Engineer", "Eve Engineer"],
    ["Eve", "", "Eve"],
  ])("%s %s", (firstName, lastName, shown) => {
    expect(fullName({ firstName, lastName })).toBe(shown);
  });

  test.each([
    ["Łukasz Żółć", "lukasz zolc"],
    ["Søren Ærø", "soren aero"],
    ["Weiß", "weiss"],
    ["Þór", "thor"],
    ["ÉCOLE", "ecole"],
  ])("%s is searched as %s", (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  test("every derived column comes from one place, and words begin after a space", () => {
    const named = { username: "Zoe.1", email: "Zoe@Bücher.example", firstName: "Zoé", lastName: "Ångström" };
    expect(nameColumns(named)).toEqual({
      usernameKey: "zoe.1",
      emailKey: "zoe@xn--bcher-kva.example",
      nameKey: "Zoé Ångström",
      search: " zoe angstrom zoe.1 zoe@bucher.example",
    });
    expect(() => nameColumns({ ...named, email: "nobody" })).toThrow();
  });

  test.each(["eve=?utf-8?q?x?=@northwind.example", "eve%0ab@northwind.example"])("%j could begin a header", (typed) => {
    expect(emailSchema.safeParse(typed).success).toBe(false);
  });
});
