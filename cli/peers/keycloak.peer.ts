import { eq } from "drizzle-orm";
import { expect, inject, test } from "vitest";
import { identities, identityProviders } from "@/db/schema/identity-providers";
import { users } from "@/db/schema/users";
import { documentOf } from "@/lib/auth/providers/oidc/client";
import { connectionOf, providerBySlug } from "@/lib/identity-providers/find";
import { beginSignIn } from "@/lib/sign-in/providers/flow";
import { beginHandshake, finishHandshake } from "@/lib/sign-in/providers/handshake";
import { SignInBrowser } from "@/lib/testing/browser";
import { asNobody, rolledBack } from "@/lib/testing/database";
import { keycloakPerson } from "./realm";
import { signInAt } from "./sign-in-at";
import { slug, stage } from "./stage";

const discoveryUrl = inject("keycloak");

test("its document is read, and offers RS256, PKCE, sign-out and back-channel logout (I1, I7)", () =>
  rolledBack(async (tx) => {
    await stage(tx);
    const [row] = await tx.select().from(identityProviders).where(eq(identityProviders.slug, slug));
    expect(row).toMatchObject({ signingAlgorithm: "RS256", issuer: discoveryUrl.replace(/\/\.well-known.*/, "") });
    const document = await documentOf(row!);
    expect(document.end_session_endpoint).toMatch(/\/protocol\/openid-connect\/logout$/);
    expect(document.backchannel_logout_supported).toBe(true);
    expect(document.code_challenge_methods_supported).toContain("S256");
    expect(document.authorization_response_iss_parameter_supported).toBe(true);
  }));

test("a first sign-in creates the user, the next one finds them (I2)", () =>
  rolledBack(async (tx) => {
    const { id } = await stage(tx);
    for (let time = 0; time < 2; time++) {
      const browser = new SignInBrowser();
      const begun = await beginSignIn(asNobody(tx), { slug, next: "/account" });
      browser.keep(begun);
      const back = await signInAt(begun.url);
      expect((await browser.callback(slug, back?.searchParams ?? "")).pathname).toBe("/account");
    }
    const known = await tx
      .select({ user: users, identity: identities })
      .from(identities)
      .innerJoin(users, eq(users.id, identities.userId))
      .where(eq(identities.providerId, id));
    expect(known).toHaveLength(1);
    const { username, email, firstName, lastName } = keycloakPerson;
    expect(known[0]?.user).toMatchObject({ username, email, firstName, lastName, configuration: slug });
  }));

test("what it proves contains the groups, a verified email and its own session (I3, I7)", () =>
  rolledBack(async (tx) => {
    await stage(tx);
    const browser = new SignInBrowser();
    const provider = (await providerBySlug(tx as never, slug))!;
    const connection = connectionOf(tx as never, provider);
    const begun = await beginHandshake(connection, "/");
    browser.keep(begun);
    const back = await signInAt(begun.url);
    const query = Object.fromEntries(back?.searchParams ?? []);
    const proof = await finishHandshake(connection, { query, cookies: Object.fromEntries(browser.jar) });
    expect(proof).toMatchObject({ sid: expect.stringMatching(/\S/), issuer: connection.issuer });
    if ("code" in proof) throw new Error(proof.reason);
    expect([proof.claims.groups].flat().toSorted()).toEqual(keycloakPerson.groups);
    expect(proof.claims.email_verified).toBe(true);
  }));

test("a wrong password stays at Keycloak, and a wrong secret is reported as one", () =>
  rolledBack(async (tx) => {
    await stage(tx);
    const begun = await beginSignIn(asNobody(tx), { slug, next: "/" });
    expect(await signInAt(begun.url, "certainly wrong")).toBeNull();
    const provider = (await providerBySlug(tx as never, slug))!;
    const connection = {
      ...connectionOf(tx as never, provider),
      connectionId: "another",
      clientSecret: async () => "not the secret of the realm",
    };
    const browser = new SignInBrowser();
    const again = await beginHandshake(connection, "/");
    browser.keep(again);
    const query = Object.fromEntries((await signInAt(again.url))?.searchParams ?? []);
    const fault = await finishHandshake(connection, { query, cookies: Object.fromEntries(browser.jar) });
    expect(fault).toEqual({
      code: "settings",
      reason: "the provider does not accept the client id or its secret",
    });
  }));
