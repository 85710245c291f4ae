import { expect, test } from "vitest";
import { groupsIn, keptClaims, mapClaims, storable } from "@/lib/auth/providers/oidc/claims";
import { providerSettings } from "@/lib/identity-providers/presets";

const mapping = { username: "preferred_username", email: "email", firstName: "given_name", lastName: "family_name" };
const nothing = { username: null, email: null, firstName: null, lastName: null, emailVerified: false };

test.each([
  ["a claim by its name", mapping, { preferred_username: " eve " }, { username: "eve" }],
  ["a number as a text", mapping, { preferred_username: 4711 }, { username: "4711" }],
  [
    "the first of a list",
    { ...mapping, email: "emails" },
    { emails: ["a@x.example", "b@x.example"] },
    { email: "a@x.example" },
  ],
  [
    "a name that is an address",
    { ...mapping, username: "https://x.example/name" },
    { "https://x.example/name": "eve" },
    { username: "eve" },
  ],
  ["a path", { ...mapping, username: "user.login" }, { user: { login: "eve" } }, { username: "eve" }],
  [
    "the name as a whole before the path",
    { ...mapping, username: "a.b" },
    { "a.b": "one", a: { b: "two" } },
    { username: "one" },
  ],
  ["a claim that is no text", mapping, { email: { address: "a@x.example" } }, {}],
  ["a blank one", mapping, { given_name: "  " }, {}],
  ["nothing of what every object has", { ...mapping, username: "constructor.name" }, {}, {}],
  [
    "a whole name where there are no parts",
    mapping,
    { name: "Eve  van Dyk" },
    { firstName: "Eve", lastName: "van Dyk" },
  ],
  [
    "no part of the whole name beside a first name",
    mapping,
    { name: "Eve Engineer", given_name: "Eva" },
    { firstName: "Eva" },
  ],
  [
    "no whole name for what is mapped to no claim",
    { ...mapping, firstName: "" },
    { name: "Eve van Dyk" },
    { lastName: "van Dyk" },
  ],
  ["no claim", { ...mapping, lastName: "" }, { family_name: "Engineer" }, {}],
])("reads %s", (_, given, claims, read) => {
  expect(mapClaims(given, claims)).toEqual({ ...nothing, ...read });
});

test.each([
  [true, true],
  ["true", true],
  [false, false],
  ["false", false],
  ["True", false],
  [1, false],
  [undefined, false],
  [["true"], false],
])("email_verified %j is %j", (email_verified, emailVerified) => {
  expect(mapClaims(mapping, { email: "a@x.example", email_verified })).toMatchObject({ emailVerified });
});

test("what a provider has verified is its claim `email`, and no other one", () => {
  const given = { upn: "a@x.example", email: "b@x.example", email_verified: true };
  expect(mapClaims({ ...mapping, email: "upn" }, given)).toMatchObject({ email: "a@x.example", emailVerified: false });
});

test("nothing is left that a row cannot store", () => {
  const odd = { "a\0": ["\ud800", { b: "ok \u{1f600}" }], n: 1, t: true, z: null };
  expect(storable(odd)).toEqual({ "a\ufffd": ["\ufffd", { b: "ok \u{1f600}" }], n: 1, t: true, z: null });
});

test.each(Object.entries(providerSettings))("the ready settings of %s name what an account needs", (_, settings) => {
  expect(settings.scopes).toContain("openid");
  expect(settings.address).toMatch(/^https:\/\/.*\/\.well-known\/openid-configuration$/);
  expect(Object.values(settings.mapping).every((claim) => claim !== "")).toBe(true);
});

const many = (count: number) => Array.from({ length: count }, (_, index) => `group-${index}`);

test.each<[string, Record<string, unknown>, string[] | string]>([
  ["a list of names", { groups: ["Staff", "Lab", "Staff"] }, ["Staff", "Lab"]],
  ["paths of Keycloak, to the character", { groups: ["/staff", " /lab"] }, ["/staff", " /lab"]],
  ["one text, without splitting it", { groups: "Staff, Lab" }, ["Staff, Lab"]],
  ["numbers as texts", { groups: [4711] }, ["4711"]],
  ["none", { groups: [] }, []],
  ["a value that is too long to be mapped is left out", { groups: ["x".repeat(256), "Lab"] }, ["Lab"]],
  ["as many as are looked at", { groups: many(1_000) }, many(1_000)],
  ["more than that", { groups: many(1_001) }, "too many"],
  ["no claim", {}, "missing"],
  ["null", { groups: null }, "missing"],
  ["a blank", { groups: "" }, "unreadable"],
  ["one that is no text", { groups: ["Staff", { name: "Lab" }] }, "unreadable"],
  ["an object", { groups: { Staff: true } }, "unreadable"],
  ["overage at Entra ID", { _claim_names: { groups: "src1" }, _claim_sources: { src1: {} } }, "elsewhere"],
  ["overage at Entra ID without a place", { hasgroups: true }, "elsewhere"],
  ["of another claim", { _claim_names: { roles: "src1" } }, "missing"],
])("groups: %s (I8)", (_, claims, read) => {
  expect(groupsIn(claims, "groups")).toEqual(read);
});

test("groups of a path, such as realm_access.roles of Keycloak", () => {
  expect(groupsIn({ realm_access: { roles: ["staff"] } }, "realm_access.roles")).toEqual(["staff"]);
});

test("an identity keeps the short claims, none of the token, and no more than its bound", () => {
  const token = { iss: "i", aud: "a", exp: 1, iat: 1, nonce: "n", sid: "s", groups: ["g"] };
  expect(keptClaims({ ...token, sub: "eve", email: "e@x.example", long: "x".repeat(2_000) }, "groups")).toEqual({
    sub: "eve",
    email: "e@x.example",
  });
  const large = Object.fromEntries(many(100).map((name) => [name, "x".repeat(500)]));
  expect(JSON.stringify(keptClaims({ ...large, sub: "eve" }, "")).length).toBeLessThan(8_010);
  expect(keptClaims({ ...large, sub: "eve" }, "")).toHaveProperty("sub");
});
