import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import type { Tx } from "@/db/client";
import { cookieName, decryptSessionId } from "@/lib/auth/cookie";
import { beginSignIn } from "@/lib/sign-in/providers/flow";
import { receiveLogout } from "@/lib/sign-in/providers/logout";
import { SignInBrowser } from "@/lib/testing/browser";
import { asNobody, rolledBack } from "@/lib/testing/database";
import { sessionRow } from "@/lib/testing/provider-people";
import { tell } from "@/lib/testing/thorough";
import { KeycloakAdmin } from "./keycloak-admin";
import { signInAt } from "./sign-in-at";
import { slug, stage } from "./stage";

const kept = globalThis as { gatehouseDb?: unknown };
const keycloak = new KeycloakAdmin(inject("keycloak"));
const password = "correct horse battery person";

/** What Keycloak posts reaches the function of the route from here. */
let door: Server;
let told: { status: number; claims: Record<string, unknown> }[] = [];

beforeAll(async () => {
  door = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const headers = { "content-type": request.headers["content-type"] ?? "" };
    const posted = new Request("http://localhost:3000/api/auth/backchannel-logout/keycloak", {
      method: "POST",
      headers,
      body,
    });
    const { status } = await receiveLogout(asNobody(kept.gatehouseDb as Tx), posted, slug);
    const [, claims = ""] = (new URLSearchParams(body).get("logout_token") ?? "").split(".");
    told.push({ status, claims: JSON.parse(Buffer.from(claims, "base64url").toString()) });
    response.writeHead(status).end();
  });
  await new Promise<void>((listening) => door.listen(0, "127.0.0.1", listening));
  const { port } = door.address() as AddressInfo;
  await keycloak.signIn();
  await keycloak.changeClient({
    frontchannelLogout: false,
    attributes: {
      "backchannel.logout.url": `http://127.0.0.1:${port}/`,
      "backchannel.logout.session.required": "true",
    },
  });
});
afterAll(() => {
  door.close();
});
afterEach(() => {
  told = [];
});

type Subject = { id: string; sessionId: string };

/** What is done at Keycloak, and whether it reports it by a logout token. */
const acts: [string, (subject: Subject) => Promise<unknown>, boolean][] = [
  ['"Sign out" of one of the sessions', ({ sessionId }) => keycloak.endSession(sessionId), true],
  ['"Logout all sessions" of the person', ({ id }) => keycloak.signOut(id), true],
  ['"Sign out all active sessions" of the realm', () => keycloak.signOutEverybody(), false],
  ["the person is disabled", ({ id }) => keycloak.changePerson(id, { enabled: false }), false],
  ["the password is set again", ({ id }) => keycloak.setPassword(id, `${password} anew`), false],
  ["the person is deleted", ({ id }) => keycloak.deletePerson(id), false],
];

test.each(acts)("I7: %s", (what, act, tells) =>
  rolledBack(async (tx) => {
    await stage(tx);
    const username = `person-${randomUUID().slice(0, 8)}`;
    const id = await keycloak.createPerson(username, password);
    const browser = new SignInBrowser();
    const begun = await beginSignIn(asNobody(tx), { slug, next: "/account" });
    browser.keep(begun);
    const back = await signInAt(begun.url, password, username);
    await browser.callback(slug, back?.searchParams ?? "");
    const sessionId = (await decryptSessionId(browser.jar.get(cookieName()))) ?? "";
    const { providerSid } = await sessionRow(tx, sessionId);
    await act({ id, sessionId: providerSid ?? "" });
    const { endedReason } = await sessionRow(tx, sessionId);
    tell(what, {
      "logout tokens": told.length,
      ended: String(endedReason),
      sid: String(told[0]?.claims.sid === providerSid),
    });
    expect(told.map(({ status }) => status)).toEqual(tells ? [200] : []);
    expect(endedReason).toBe(tells ? "signed_out_by_provider" : null);
  }),
);
