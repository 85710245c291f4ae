import { eq } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { sessions } from "@/db/schema";
import { cookieName, openSession } from "@/lib/auth/cookie";
import { beginSignIn } from "@/lib/auth/providers/flow";
import { SignInBrowser } from "@/lib/testing/browser";
import { company } from "@/lib/testing/company";
import { as, asNobody, roleNamed } from "@/lib/testing/database";
import { openProvider, providerForm } from "@/lib/testing/identity-providers";
import { type Account, type OidcProvider, oidcClient } from "@/lib/testing/oidc-provider";

/** A company with an enabled provider that creates users. Whoever calls makes `tx` the database of the process. */
export async function companyWithProvider(tx: Db | Tx, slug: string, peer: Pick<OidcProvider, "discoveryUrl">) {
  const people = await company(tx);
  const primary = await roleNamed(tx, "Quality Engineer");
  const ctx = await as(tx, people.ada);
  const named = { slug, name: `Peer ${slug}`, ...oidcClient };
  const gives = { createsUsers: true, defaultRoleId: primary.id, ceilingRoleIds: [primary.id] };
  const provider = await openProvider(ctx, tx, providerForm(people.ada.id, peer, { ...named, ...gives }));
  return { ...people, ctx, provider };
}

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
  const id = await openSession(browser.jar.get(cookieName()));
  if (!id) throw new Error(`Nobody was signed in: ${landed}`);
  return { browser, jar, sessionId: id };
}

export async function sessionRow(tx: Db | Tx, id: string) {
  const [row] = await tx.select().from(sessions).where(eq(sessions.id, id));
  if (!row) throw new Error("There is no such session");
  return row;
}
