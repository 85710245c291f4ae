import { SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, test } from "vitest";
import { claimedClient, readAssertion } from "@/lib/client-tokens/assertion";
import { newKey, signAssertion, type TestKey } from "@/lib/testing/assertions";

const clientId = "0199c0de-0000-7000-8000-000000000001";
const issuer = "http://localhost:3000";
const now = new Date("2026-11-29T09:00:00Z");
const at = now.getTime() / 1000;
const [ed, ec, other] = await Promise.all([newKey("Ed25519"), newKey("ES256"), newKey("Ed25519")]);

type Changes = Parameters<typeof signAssertion>[2];

const sign = (changes: Changes = {}, key: TestKey = ed) => signAssertion(key, clientId, { now, ...changes });
const read = (assertion: string, key: TestKey = ed) => readAssertion(assertion, { key: key.publicKey, issuer, now });
const refusal = (problem: string) => expect.objectContaining({ code: "unauthenticated", details: { problem } });

describe("taken", () => {
  const cases: [string, Changes, TestKey?][] = [
    ["Ed25519 under its new name", {}],
    ["Ed25519 under its older name", { header: { alg: "EdDSA" } }],
    ["ES256", {}, ec],
    ["typ JWT", { header: { typ: "JWT" } }],
    ["typ client-authentication+jwt", { header: { typ: "client-authentication+jwt" } }],
    ["an audience in a list of one", { claims: { aud: [issuer] } }],
    ["no iat", { claims: { iat: undefined } }],
    ["30 seconds too late", { claims: { iat: at - 89, exp: at - 29 } }],
    ["30 seconds too early", { claims: { iat: at + 30, nbf: at + 30, exp: at + 90 } }],
    ["five minutes", { claims: { exp: at + 300 } }],
  ];
  test.each(cases)("%s", async (_, changes, key) => {
    const assertion = await sign(changes, key);
    expect(claimedClient(assertion)).toBe(clientId);
    const { endsAt, ...rest } = await read(assertion, key);
    expect(rest).toEqual({ clientId, jti: expect.any(String) });
    expect(endsAt.getTime()).toBeGreaterThan(now.getTime());
  });
});

describe("refused", () => {
  const cases: [string, Changes, string][] = [
    ["the token endpoint as the audience", { claims: { aud: `${issuer}/oauth/token` } }, "wrong-audience"],
    ["a slash at the end of the audience", { claims: { aud: `${issuer}/` } }, "wrong-audience"],
    ["two audiences", { claims: { aud: [issuer, "https://elsewhere.example"] } }, "malformed-assertion"],
    ["no audience", { claims: { aud: undefined } }, "malformed-assertion"],
    ["no exp", { claims: { exp: undefined } }, "malformed-assertion"],
    ["no jti", { claims: { jti: undefined } }, "malformed-assertion"],
    ["a long jti", { claims: { jti: "x".repeat(201) } }, "malformed-assertion"],
    ["an exp that is no number", { claims: { exp: "soon" as never } }, "malformed-assertion"],
    ["an access token", { header: { typ: "at+jwt" } }, "malformed-assertion"],
    ["an exp that is far away", { claims: { exp: at + 3_600 } }, "assertion-too-long"],
  ];
  test.each(cases)("%s", async (_, changes, problem) => {
    await expect(read(await sign(changes))).rejects.toEqual(refusal(problem));
  });

  test.each([
    ["behind", -3_600],
    ["ahead of", 3_600],
  ])("a clock that is an hour %s ours, with by how much", async (word, off) => {
    const theirs = new Date(now.getTime() + off * 1000);
    await expect(read(await sign({ now: theirs }))).rejects.toMatchObject({
      message: expect.stringContaining(`3600 seconds ${word} that of Gatehouse`),
      details: { problem: "clock-off" },
    });
  });

  test("whatever is not signed by the key of the client, before anything else is looked at", async () => {
    const claims = { iss: clientId, sub: clientId, aud: issuer, exp: at - 9_999, jti: "x" };
    const secret = new TextEncoder().encode(JSON.stringify(ed.publicKey));
    const forged = [
      await sign({}, other),
      await sign({}, ec),
      new UnsecuredJWT(claims).encode(),
      await new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(secret),
      `${(await sign()).split(".").slice(0, 2).join(".")}.`,
    ];
    for (const assertion of forged) await expect(read(assertion)).rejects.toEqual(refusal("unknown-key"));
    await expect(read(await sign({}, ed), ec)).rejects.toEqual(refusal("unknown-key"));
  });

  test("what names no client, or two", async () => {
    for (const claims of [{ iss: "someone" }, { sub: undefined }, { iss: "a", sub: "a" }]) {
      const assertion = await sign({ claims });
      expect(() => claimedClient(assertion)).toThrow(refusal("malformed-assertion"));
    }
    for (const text of ["", "x", "x.y.z", "e30.e30.", "bnVsbA.bnVsbA.x"])
      expect(() => claimedClient(text)).toThrow(refusal("malformed-assertion"));
    const [, ...rest] = (await sign()).split(".");
    for (const torn of ["", "!!!", "bnVsbA", "MQ", "W10", "Int9Ig"])
      expect(() => claimedClient([torn, ...rest].join(".")), torn).toThrow(refusal("malformed-assertion"));
  });
});
