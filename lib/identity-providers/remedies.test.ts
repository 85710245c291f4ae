import { errors } from "openid-client";
import { describe, expect, test } from "vitest";
import { faultOf, untrustedReasons } from "@/lib/auth/providers/oidc/faults";
import { remedyOf } from "@/lib/identity-providers/remedies";
import { OutgoingError } from "@/lib/platform/outgoing";

const whose = (reason: string) => remedyOf(reason)?.whose ?? null;

describe("what an administrator can do", () => {
  test.each(untrustedReasons)("of an answer that cannot be verified: %s", (reason) => {
    expect(whose(`its answer could not be verified: ${reason}`)).toBe("provider");
  });

  test.each([
    new errors.OPError({ error: "invalid_client" }),
    new errors.OPError({ error: "server_error" }),
    new OutgoingError("unreachable", "The address does not answer."),
    new OutgoingError("unreachable", "The provider took too long."),
    new OutgoingError("answer", "It names another issuer than before."),
    new OutgoingError("answer", "There is no discovery document at this address."),
    new OutgoingError("answer", 'The document at this address has no usable "jwks_uri".'),
    new OutgoingError("answer", "The address answers with status 404."),
    Object.assign(new Error("connect"), { code: "ECONNREFUSED" }),
  ])("of %s", (error) => {
    expect(whose(faultOf(error).reason)).toBe("provider");
  });

  test.each([
    "it was started elsewhere, or used already",
    "it took too long",
    "its settings have changed in the meantime",
    "it was cancelled at the provider",
    "nobody here is linked to it",
    "it does not send a user name, an email and a first name",
    "it has not verified the email",
    "the email is of another domain",
    "nobody signs in through the identity provider at the moment",
    "the session that began it is over, or another one",
    '"nina" is already in use. Names are not case-sensitive.',
  ])("of what is up to the person, not to the provider: %s", (reason) => {
    expect(whose(reason)).toBe("person");
  });

  test.each([
    "The owner of the identity provider is no longer active",
    "The identity provider has no owner",
    '"Quality Lead" carries "See users" for people below the holder, which you do not hold, so you cannot give it.',
    "Northwind has no role for the users that it creates.",
  ])("of what its settings do not allow: %s", (reason) => {
    expect(whose(reason)).toBe("provider");
  });

  test.each([
    [
      "its answer could not be verified: its signature does not hold",
      "its answer could not be verified: its signature is not valid",
    ],
    ["nobody here is known by it", "nobody here is linked to it"],
    ["nobody here is known by it, and the email is not verified", "nobody here is linked to it"],
    [
      "it does not tell a user name, an email and a first name",
      "it does not send a user name, an email and a first name",
    ],
    ["the session that began the test is over", "the session that began it is over, or another one"],
    ["its settings have changed meanwhile", "its settings have changed in the meantime"],
    ["the identity provider is not enabled", "it is not enabled"],
    ["This is not an address of the web", "This is not a web address"],
  ])("of what an earlier release wrote into the log: %s", (stored, told) => {
    expect(remedyOf(stored)).toEqual(remedyOf(told));
    expect(remedyOf(stored)).not.toBeNull();
  });

  test("the issuer, the secret and the clock have advice of their own", () => {
    const advice = (reason: string) => remedyOf(`its answer could not be verified: ${reason}`)?.advice;
    expect(advice("the issuer is another one")).toMatch(/not exactly/);
    expect(advice("its time does not fit")).toMatch(/clocks/);
    expect(remedyOf("the provider does not accept the client id or its secret")?.advice).toMatch(/has expired/);
    expect(remedyOf("something else")).toBeNull();
  });
});
