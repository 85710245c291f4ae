import { eq } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { identities, sessions } from "@/db/schema";
import { cookieName, decryptSessionId, encryptSessionId } from "@/lib/auth/cookie";
import type { Ctx, Person } from "@/lib/context";
import type { CreateProvider } from "@/lib/identity-providers/schema";
import { SignInBrowser } from "@/lib/testing/browser";
import { company } from "@/lib/testing/company";
import { as, roleNamed } from "@/lib/testing/database";
import { openProvider, providerForm } from "@/lib/testing/identity-providers";
import { takeForOwn } from "@/lib/testing/process-database";

type Peer = { discoveryUrl: string; clientId: string; clientSecret: string };

/**
 * A company with an enabled provider, in a transaction that the process takes for its database. Nobody is made at a
 * first sign-in unless `createsUsers` says so, and then below "Quality Engineer".
 */
export async function providerCompany(
  tx: Db | Tx,
  { clientId, clientSecret, discoveryUrl }: Peer,
  more: Partial<CreateProvider> = {},
) {
  takeForOwn(tx);
  const people = await company(tx);
  const primary = await roleNamed(tx, "Quality Engineer");
  const ctx = await as(tx, people.ada);
  const below = { defaultRoleId: primary.id, ceilingRoleIds: [primary.id] };
  const form = providerForm(people.ada.id, { discoveryUrl }, { clientId, clientSecret, ...below, ...more });
  return { ...people, ctx, primary, provider: await openProvider(ctx, tx, form) };
}

/** Gives somebody an identity without a sign-in. */
export async function linked(
  tx: Db | Tx,
  provider: { id: string; issuer: string },
  person: { id: string },
  subject: string,
) {
  const claims = { username: null, email: null, firstName: null, lastName: null, emailVerified: false };
  const values = { providerId: provider.id, issuer: provider.issuer, subject, userId: person.id, claims };
  const [identity] = await tx.insert(identities).values(values).returning();
  if (!identity) throw new Error("The identity was not stored");
  return identity;
}

type Draft = Partial<Pick<typeof sessions.$inferInsert, "stage" | "verifiedAt" | "endedAt">>;

/** Somebody with an open session, and the browser with its cookie. */
export async function signedIn(tx: Db | Tx, person: { id: string }, draft: Draft = {}) {
  const endsAt = new Date(Date.now() + 3_600_000);
  const values = { userId: person.id, address: "10.20.4.31", agent: "test", endsAt, ...draft };
  const [session] = await tx.insert(sessions).values(values).returning();
  if (!session) throw new Error("The session was not stored");
  const ctx = await as(tx, person);
  const theirs: Ctx<Person> = { ...ctx, actor: { ...ctx.actor, sessionId: session.id } };
  const browser = new SignInBrowser();
  browser.jar.set(cookieName(), await encryptSessionId(session.id));
  return { ctx: theirs, session, browser };
}

/** The session of a browser's cookie, or null. */
export async function sessionIn(tx: Db | Tx, browser: SignInBrowser) {
  const id = await decryptSessionId(browser.jar.get(cookieName()));
  const [session] = id ? await tx.select().from(sessions).where(eq(sessions.id, id)) : [];
  return session ?? null;
}
