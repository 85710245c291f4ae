import { eq } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { sessions } from "@/db/schema";
import { cookieName, decryptSessionId } from "@/lib/auth/cookie";
import { beginSignIn } from "@/lib/sign-in/providers/flow";
import { SignInBrowser } from "@/lib/testing/browser";
import { asNobody } from "@/lib/testing/database";
import type { Account, OidcProvider } from "@/lib/testing/oidc-provider";

export const accountNamed = (name: string): Account => ({
  sub: `${name}-1`,
  preferred_username: `${name}.peer`,
  email: `${name}@peer.example`,
  email_verified: true,
  given_name: "Pia",
  family_name: "Peer",
});

/** Signs in through the provider as this account. `jar`: the cookies of this browser at the provider. */
export async function signInThroughPeer(tx: Db | Tx, peer: OidcProvider, slug: string, account: Account) {
  const [browser, jar] = [new SignInBrowser(), new Map<string, string>()];
  peer.signsIn(account);
  const visitor = asNobody(tx, { address: "10.20.4.31", agent: "test", requestId: "req-1" });
  const begun = await beginSignIn(visitor, { slug, next: "/account" });
  browser.keep(begun);
  const back = await peer.visit(begun.url, jar);
  const landed = await browser.callback(slug, back.searchParams);
  const id = await decryptSessionId(browser.jar.get(cookieName()));
  if (!id) throw new Error(`Nobody was signed in: ${landed}`);
  return { browser, jar, sessionId: id };
}

export async function sessionRow(tx: Db | Tx, id: string) {
  const [row] = await tx.select().from(sessions).where(eq(sessions.id, id));
  if (!row) throw new Error("There is no such session");
  return row;
}
