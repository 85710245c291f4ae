import { desc, eq } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { events, groupMembers, groupRoles, groups, identities, users } from "@/db/schema";
import { updateProvider } from "@/lib/identity-providers/commands/update";
import type { CreateProvider } from "@/lib/identity-providers/schema";
import { beginSignIn } from "@/lib/sign-in/providers/flow";
import { SignInBrowser } from "@/lib/testing/browser";
import { asNobody, roleNamed } from "@/lib/testing/database";
import { type HostileProvider, hostileClient } from "@/lib/testing/hostile-provider";
import { detailsOf, providerRow } from "@/lib/testing/identity-providers";
import { providerCompany } from "@/lib/testing/provider-company";

/** What the provider sends of somebody, unless a test says otherwise. */
export const ninaClaims = {
  sub: "nina-1",
  preferred_username: "nina.new",
  email: "nina.new@northwind.example",
  email_verified: true,
  given_name: "Nina",
  family_name: "New",
};

/** A company whose provider creates users and answers as a test says. */
export async function hostileCompany(tx: Db | Tx, peer: HostileProvider, more: Partial<CreateProvider> = {}) {
  const client = { ...hostileClient, discoveryUrl: peer.discoveryUrl };
  const made = await providerCompany(tx, client, { createsUsers: true, ...more });
  const { id, slug } = made.provider;
  const row = () => providerRow(tx, id);
  /** Its settings as a form sends them, but for these. */
  const input = async (changed: object = {}) => ({ ...detailsOf(await row()), ...changed });
  const save = async (changed: object = {}) => updateProvider(made.ctx, await input(changed));

  /** Signs in as the person whom the claims name; returns the word of the refusal, or null. */
  async function signIn(claims: Record<string, unknown>): Promise<string | null> {
    peer.behave({}, claims);
    const browser = new SignInBrowser();
    const begun = await beginSignIn(asNobody(tx, { address: "10.20.4.31", agent: "test", requestId: "req-1" }), {
      slug,
      next: "/account",
    });
    browser.keep(begun);
    return (await browser.callback(slug, peer.authorize(begun.url))).searchParams.get("error");
  }
  return { ...made, id, row, input, save, signIn };
}

export async function personOf(tx: Db | Tx, subject: string) {
  const [found] = await tx
    .select({ user: users, identity: identities })
    .from(identities)
    .innerJoin(users, eq(users.id, identities.userId))
    .where(eq(identities.subject, subject));
  return found ?? null;
}

/** In which groups somebody is, by name, with who gave it: the provider's id, or null. */
export async function membershipsOf(tx: Db | Tx, userId: string): Promise<Record<string, string | null>> {
  const rows = await tx
    .select({ name: groups.name, providerId: groupMembers.providerId })
    .from(groupMembers)
    .innerJoin(groups, eq(groups.id, groupMembers.groupId))
    .where(eq(groupMembers.userId, userId));
  return Object.fromEntries(rows.map(({ name, providerId }) => [name, providerId]));
}

/** A group that carries these roles. */
export async function groupCarrying(tx: Db | Tx, name: string, ...roleIds: string[]) {
  const [made] = await tx.insert(groups).values({ name, nameKey: name.toLowerCase() }).returning();
  if (!made) throw new Error("The group was not stored");
  if (roleIds.length > 0) await tx.insert(groupRoles).values(roleIds.map((roleId) => ({ groupId: made.id, roleId })));
  return made;
}

/** Groups for a provider to give: two that carry nothing, and one that carries administration. */
export async function groupsToGive(tx: Db | Tx) {
  const admin = await roleNamed(tx, "Admin");
  const staff = await groupCarrying(tx, "Staff");
  const lab = await groupCarrying(tx, "Lab");
  const admins = await groupCarrying(tx, "Admins", admin.id);
  return { admin, staff, lab, admins };
}

/** The operations of the last events, newest first. */
export async function lastOperations(tx: Db | Tx, count: number): Promise<string[]> {
  const told = await tx.select().from(events).orderBy(desc(events.id)).limit(count);
  return told.map(({ operation, outcome }) => (outcome === "succeeded" ? operation : `${operation} ${outcome}`));
}
