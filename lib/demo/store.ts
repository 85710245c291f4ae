import type { Tx } from "@/db/client";
import {
  appOperations,
  clientDays,
  clients,
  clientTokens,
  groupMembers,
  groupRoles,
  groups,
  passwords,
  resources,
  roleCombinations,
  roleOperations,
  roles,
  sessions,
  setupCodes,
  signInNames,
  userRoles,
  users,
} from "@/db/schema";
import { type Demonstration, demoGroups, demoRoles } from "@/db/seed";
import { cast, castResources, demoPassword } from "@/db/seed/cast";
import { minute } from "@/db/seed/factories";
import { hashPassword } from "@/lib/auth/password-queue";
import { limitsOf } from "@/lib/auth/session-limits";
import { foldName } from "@/lib/normalization/fold";
import { nameColumns } from "@/lib/normalization/names";
import { searchText } from "@/lib/normalization/search";
import { readSettings } from "@/lib/platform/read-settings";
import { newToken } from "@/lib/platform/token";
import { installPreset } from "@/lib/roles/presets";

/** Ids by name or by username. */
export type Ids = Map<string, string>;

export const idOf = (ids: Ids, name: string) => {
  const id = ids.get(name);
  if (!id) throw new Error(`The demonstration names "${name}", which it does not have`);
  return id;
};

/** The first preset, and two additional roles that its groups carry. */
export async function storeRoles(tx: Tx): Promise<Ids> {
  const ids = await installPreset(tx, "quality_assurance");
  for (const { name, description, combinesWith, appOperation, operations = [] } of demoRoles) {
    if (appOperation) await tx.insert(appOperations).values(appOperation);
    const [role] = await tx
      .insert(roles)
      .values({ name, nameKey: foldName(name), description, kind: "additional" })
      .returning({ id: roles.id });
    ids.set(name, role!.id);
    const carried = [...(appOperation ? [appOperation.key] : []), ...operations];
    await tx
      .insert(roleOperations)
      .values(carried.map((operation) => ({ roleId: role!.id, operation, scope: "all" as const })));
    for (const primary of combinesWith)
      await tx.insert(roleCombinations).values({ roleId: role!.id, primaryRoleId: idOf(ids, primary) });
  }
  return ids;
}

export async function storePeople(tx: Tx, demo: Demonstration, edits: Map<string, number>, roleIds: Ids): Promise<Ids> {
  const ids: Ids = new Map(demo.people.map(({ username, id }) => [username, id]));
  const lastSignIns = new Map<string | null, Date>();
  for (const { personId, at, refused } of demo.signIns) if (!refused) lastSignIns.set(personId, at);

  const rows = demo.people.map((person) => ({
    id: person.id,
    username: person.username,
    email: person.email,
    firstName: person.firstName,
    lastName: person.lastName,
    ...nameColumns(person),
    primaryRoleId: idOf(roleIds, person.primaryRole),
    managerId: person.manager ? idOf(ids, person.manager) : null,
    status: person.status,
    statusBeforeDisable: person.status === "disabled" ? ("active" as const) : null,
    statusBeforeArchive: person.status === "archived" ? ("active" as const) : null,
    disabledReason: person.disabledReason,
    disabledUntil: person.disabledUntil,
    archivedAt: person.status === "archived" ? person.changedAt : null,
    accessEndsAt: person.accessEndsAt,
    lockedAt: person.lockedAt,
    lockouts: person.lockedAt ? 1 : 0,
    mustChangePassword: person.mustChangePassword,
    lastSignInAt: lastSignIns.get(person.id) ?? null,
    version: 1 + (edits.get(person.username) ?? 0),
    createdAt: person.createdAt,
  }));
  await tx.insert(users).values(rows);
  await tx
    .insert(signInNames)
    .values(
      rows.flatMap(({ id, usernameKey, emailKey }) => [usernameKey, emailKey].map((key) => ({ key, userId: id }))),
    );
  await storePasswords(tx, demo);
  await tx
    .insert(userRoles)
    .values(
      demo.people.flatMap(({ id, additionalRoles }) =>
        additionalRoles.map(({ name, endsAt }) => ({ userId: id, roleId: idOf(roleIds, name), endsAt })),
      ),
    );
  await tx.delete(setupCodes);
  return ids;
}

/** A hash of their own for the named people; one for all the others, since 200 more would only cost time. */
async function storePasswords(tx: Tx, demo: Demonstration) {
  const shared = await hashPassword(demoPassword);
  const own = new Map(
    await Promise.all(cast.map(async ({ username }) => [username, await hashPassword(demoPassword)] as const)),
  );
  await tx.insert(passwords).values(
    demo.people
      .filter(({ status }) => status !== "invited")
      .map(({ id, username, createdAt }) => ({
        userId: id,
        hash: own.get(username) ?? shared,
        changedAt: createdAt,
      })),
  );
}

/** A group is as old as the account of its owner. */
const sinceOf = (demo: Demonstration, owner: string) =>
  demo.people.find(({ username }) => username === owner)?.createdAt;

export async function storeGroups(tx: Tx, demo: Demonstration, ids: Ids, roleIds: Ids): Promise<void> {
  for (const { name, description, owner, role } of demoGroups) {
    const [group] = await tx
      .insert(groups)
      .values({
        name,
        nameKey: foldName(name),
        search: searchText(name, description),
        description,
        ownerId: idOf(ids, owner),
        createdAt: sinceOf(demo, owner),
      })
      .returning({ id: groups.id });
    const groupId = group!.id;
    if (role) await tx.insert(groupRoles).values({ groupId, roleId: idOf(roleIds, role) });
    const members = demo.people.flatMap((person) =>
      person.groups
        .filter((held) => held.name === name)
        .map(({ endsAt }) => ({ groupId, userId: person.id, endsAt, createdAt: person.createdAt })),
    );
    await tx.insert(groupMembers).values(members);
  }
}

export async function storeResources(tx: Tx, ids: Ids): Promise<void> {
  await tx.insert(resources).values(
    castResources.map(({ owner, ...resource }) => ({
      ...resource,
      nameKey: foldName(resource.name),
      search: searchText(resource.name, resource.externalId),
      ownerId: idOf(ids, owner),
    })),
  );
}

export async function storeClients(tx: Tx, { clients: made }: Demonstration, ids: Ids): Promise<void> {
  await tx.insert(clients).values(
    made.map(({ owner, days: _, online: __, ...client }) => ({
      ...client,
      userId: idOf(ids, owner),
      nameKey: foldName(client.name),
      search: searchText(client.name),
      tokenPrefix: "gh_cli_",
    })),
  );
  await tx.insert(clientTokens).values(
    made.map((client) => ({
      clientId: client.id,
      hash: newToken("gh_cli").hash,
      expiresAt: client.tokenExpiresAt,
      usedAt: client.registeredAt,
      usedAddress: client.lastAddress,
      revokedAt: client.deregisteredAt,
      createdAt: client.createdAt,
    })),
  );
  await tx.insert(clientDays).values(made.flatMap(({ id, days }) => days.map((day) => ({ day, clientId: id }))));
}

/** A row for each sign-in of the last 30 days: the last hours' are alive, the others have ended by themselves. */
export async function storeSessions(tx: Tx, demo: Demonstration, now: Date): Promise<void> {
  const { idle, absolute } = limitsOf(await readSettings(tx));
  const inForce = new Set(demo.people.filter(({ status }) => status === "active").map(({ id }) => id));
  const rows = demo.signIns.flatMap(({ id, personId, at, address, agent, refused }) => {
    if (refused || !personId || !agent) return [];
    const age = now.getTime() - at.getTime();
    const alive = age < idle - 2 * 60 * minute && inForce.has(personId);
    const lastSeenAt = new Date(at.getTime() + (alive ? age * 0.95 : Math.min(age, 7 * 60 * minute)));
    const endedAt = alive ? null : new Date(Math.min(lastSeenAt.getTime() + idle, now.getTime()));
    return {
      id,
      userId: personId,
      address,
      agent,
      startedAt: at,
      lastSeenAt,
      endsAt: new Date(at.getTime() + absolute),
      endedAt,
      endedReason: alive ? null : ("idle" as const),
    };
  });
  for (let at = 0; at < rows.length; at += 2_000) await tx.insert(sessions).values(rows.slice(at, at + 2_000));
}
