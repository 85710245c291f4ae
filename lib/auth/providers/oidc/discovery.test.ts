import { expect, test } from "vitest";
import { documentOf } from "@/lib/auth/providers/oidc/client";
import {
  algorithmOf,
  discover,
  discovered,
  lifetimeOf,
  type ProviderDocument,
} from "@/lib/auth/providers/oidc/discovery";
import { hostilePeer } from "@/lib/testing/hostile-peer";

const provider = hostilePeer();

const minute = 60_000;

test.each([
  [undefined, 60 * minute],
  ["no-store", 60 * minute],
  ["public, max-age=7200", 120 * minute],
  ["max-age=1", 5 * minute],
  ["max-age=0", 5 * minute],
  ["s-maxage=1", 60 * minute],
  ["max-age=999999999", 24 * 60 * minute],
])("a document with %j is kept for %d ms", (header, lifetime) => {
  expect(lifetimeOf(header)).toBe(lifetime);
});

test("a document is read once for its lifetime, by however many at once", async () => {
  const now = Date.now();
  await Promise.all([discovered(provider.discoveryUrl, now), discovered(provider.discoveryUrl, now)]);
  await discovered(provider.discoveryUrl, now + 59 * minute);
  expect(provider.asked).toHaveLength(1);
  await discovered(provider.discoveryUrl, now + 61 * minute);
  expect(provider.asked).toHaveLength(2);
});

test("a failure is not kept", async () => {
  const later = Date.now() + 48 * 60 * minute;
  provider.behave({ document: () => ({}) });
  await expect(discovered(provider.discoveryUrl, later)).rejects.toMatchObject({ fault: "answer" });
  provider.behave();
  await expect(discovered(provider.discoveryUrl, later)).resolves.toMatchObject({ issuer: provider.issuer });
});

test("an issuer that differs from the stored one by a character is another one", async () => {
  const asked = { discoveryUrl: provider.discoveryUrl, issuer: provider.issuer };
  await expect(documentOf(asked)).resolves.toMatchObject({ issuer: provider.issuer });
  await expect(documentOf({ ...asked, issuer: `${provider.issuer}/` })).rejects.toMatchObject({ fault: "answer" });
});

test.each([
  "http://127.0.0.2/.well-known/openid-configuration",
  "http://example.com/.well-known/openid-configuration",
  "https://169.254.169.254/.well-known/openid-configuration",
  "https://[::1]/.well-known/openid-configuration",
  "https://user:secret@example.com/.well-known/openid-configuration",
  "ftp://example.com/.well-known/openid-configuration",
  "nothing",
])("%s is not asked", async (address) => {
  await expect(discover(address)).rejects.toMatchObject({ fault: "address" });
});

test.each([
  [undefined, "RS256"],
  [["HS256", "ES256", "RS256"], "RS256"],
  [["EdDSA"], "EdDSA"],
  [["HS256", "none"], null],
])("of %j, ID tokens are signed by %s", (offered, algorithm) => {
  expect(algorithmOf({ id_token_signing_alg_values_supported: offered } as ProviderDocument)).toBe(algorithm);
});
