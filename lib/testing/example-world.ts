import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import {
  accessTokens,
  appOperations,
  clients,
  clientTokens,
  groups,
  links,
  resources,
  roleOperations,
  roles,
  serviceAccountRoles,
  serviceAccounts,
  sessions,
  userRoles,
  users,
} from "@/db/schema";
import { exampleIds, words } from "@/lib/api/example-words";
import { company } from "@/lib/testing/company";
import { makeUser } from "@/lib/testing/database";
import { storeProvider } from "@/lib/testing/identity-providers";
import type { Program } from "@/lib/testing/programs";

const hour = 3_600_000;
const called = (name: string) => ({ name, nameKey: name.toLowerCase() });
const wordOf = (subject: string, member: string) => String(words[subject]?.[member]);

/** Stores what the examples of the API name, under the ids by which they name it, beside `company`. */
export async function exampleWorld(tx: Tx) {
  const people = await company(tx);
  const { user, lead, group, primaryRole, role, client, provision, token, session } = exampleIds;
  await tx.insert(roles).values([
    { id: primaryRole, ...called(wordOf("Primary roles", "name")), kind: "primary", rank: 20 },
    { id: role, ...called(wordOf("Roles", "name")), kind: "additional" },
  ]);
  await tx.insert(roleOperations).values({ roleId: role, operation: "group.read", scope: "all" });
  await makeUser(tx, { id: lead, username: "lara", firstName: "Lara", lastName: "Lead", primaryRole: "Quality Lead" });
  const { username, email, firstName, lastName } = Object.fromEntries(
    ["username", "email", "firstName", "lastName"].map((member) => [member, wordOf("Users", member)]),
  );
  const named = { username, email, firstName, lastName } as Record<string, string>;
  await makeUser(tx, { id: user, ...named, primaryRoleId: primaryRole, managerId: lead });
  await tx.insert(userRoles).values({ userId: user, roleId: role });
  await tx.insert(groups).values({ id: group, ...called(wordOf("Groups", "name")), ownerId: lead });
  const now = Date.now();
  await tx.insert(clients).values({
    ...{ id: client, userId: user, ...called(wordOf("Clients", "name")), status: "registered", awaiting: false },
    ...{ tokenPrefix: "gh_cli_", tokenLastFour: "x7Qd", tokenExpiresAt: new Date(now + hour) },
  });
  await tx.insert(clientTokens).values({ id: provision, clientId: client, hash: "p", expiresAt: new Date(now + hour) });
  await tx.insert(accessTokens).values({
    ...{ id: token, userId: user, ...called(wordOf("Tokens", "name")), hash: "t", prefix: "gh_pat_", lastFour: "9fKa" },
    operations: ["user.read"],
  });
  const { serviceAccount } = exampleIds;
  const account = { id: serviceAccount, ...called(wordOf("Service accounts", "name")), search: " nightly build" };
  await tx.insert(serviceAccounts).values({ ...account, ownerId: lead });
  await tx.insert(serviceAccountRoles).values({ serviceAccountId: serviceAccount, roleId: role });
  const [type, externalId] = [wordOf("Resources", "type"), wordOf("Resources", "externalId")];
  const [name, search] = [wordOf("Resources", "name"), " triage assistant asst-7"];
  await tx
    .insert(resources)
    .values({ id: exampleIds.resource, type, externalId, ...called(name), search, ownerId: lead });
  await tx.insert(sessions).values({
    ...{ id: session, userId: user, address: "192.0.2.10", agent: "Firefox on Linux" },
    endsAt: new Date(now + hour),
  });
  await tx.insert(appOperations).values({ key: wordOf("App operations", "key"), sentence: "Sign a report" });
  await storeProvider(tx, wordOf("Identity providers", "slug"), people.ada.id);
  return people;
}

type Step = [method: string, address: string, body?: object];
const { user, group, client, role, serviceAccount } = exampleIds;
const archived: Step = ["POST", `/users/${user}/archive`, { owners: [], managerId: null }];
const deregistered: Step = ["POST", `/clients/${client}/deregister`];

/** What has to be so before an example can do what it does: requests by the name of its endpoint. */
const before: Record<string, Step[]> = {
  "user.enable": [["POST", `/users/${user}/disable`, { reason: "Away" }]],
  "user.restore": [archived],
  "user.purge": [archived],
  "client.delete": [deregistered],
  "client.reregister": [deregistered],
  "invitation.revoke": [["POST", `/users/${user}/invitation`]],
  "service_account.enable": [["POST", `/service-accounts/${serviceAccount}/disable`]],
  "group.remove_member": [["POST", `/groups/${group}/members`, { userId: user }]],
};

/** What only a statement makes so. */
const stored: Record<string, (tx: Tx) => Promise<unknown>> = {
  "user.unlock": (tx) => tx.update(users).set({ lockedAt: new Date() }).where(eq(users.id, user)),
  "client.renew": async (tx) => {
    const [ada] = await tx.select({ id: users.id }).from(users).where(eq(users.username, "ada"));
    await tx.update(clients).set({ userId: ada?.id, awaiting: true }).where(eq(clients.id, client));
  },
  "role.delete": async (tx) => {
    await tx.delete(userRoles).where(eq(userRoles.roleId, role));
    await tx.delete(serviceAccountRoles).where(eq(serviceAccountRoles.roleId, role));
  },
  "password.revoke_link": (tx) =>
    tx.insert(links).values({
      ...{ purpose: "password_reset", userId: user, hash: "of a reset link" },
      expiresAt: new Date(Date.now() + hour),
    }),
  "invitation.send": (tx) => tx.update(users).set({ status: "invited" }).where(eq(users.id, user)),
  "invitation.revoke": (tx) => tx.update(users).set({ status: "invited" }).where(eq(users.id, user)),
};

export async function prepareExample(tx: Tx, ask: Program, name: string): Promise<void> {
  await stored[name]?.(tx);
  for (const [method, address, body] of before[name] ?? []) {
    const { status } = await ask(method, address, { body });
    if (status >= 300) throw new Error(`Before the example of ${name}, ${method} ${address} was answered ${status}`);
  }
}
