import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { mailStatuses } from "@/db/enums";
import {
  accessTokens,
  clients,
  clientTokens,
  events,
  groupMembers,
  groupRoles,
  groups,
  links,
  mails,
  resources,
  serviceAccounts,
  sessions,
  settings,
} from "@/db/schema";
import type { Random } from "@/db/seed/random";
import { type PastEvent, recordHistory } from "@/lib/audit/history";
import { statusAt } from "@/lib/authz/account-status";
import { findClientOwner } from "@/lib/clients/queries";
import { foldName } from "@/lib/normalization/fold";
import { searchText } from "@/lib/normalization/search";
import { as, type Draft, makeUser, roleNamed } from "@/lib/testing/database";
import { loadPreset } from "@/lib/testing/presets";

const day = 86_400_000;
const many = 120;

/**
 * Rows for every list, drawn by lot, so that most of them are equal in whatever the list is sorted by: a page then ends
 * among equals. What was drawn is handed back as plain data, for checks that know no SQL.
 */
export async function listedWorld(tx: Tx, random: Random) {
  await loadPreset(tx, "quality_assurance");
  const admin = await makeUser(tx, { username: "admin", primaryRole: "Quality Manager", roles: ["Admin"] });
  const now = new Date();
  // Lists are asked at this moment however long the checks take: who is online changes within minutes.
  const ctx = { ...(await as(tx, admin)), now: () => now };
  const ago = (days: number) => new Date(now.getTime() - days * day);
  const moment = () => ago(random.pick([2, 100, 400]));
  const auditor = (await roleNamed(tx, "Auditor")).id;

  const states: (() => Draft)[] = [
    () => ({}),
    () => ({}),
    () => ({ status: "invited" }),
    () => ({ status: "disabled" }),
    () => ({ lockedAt: moment() }),
    () => ({ lockedAt: moment() }),
    () => ({ status: "archived" }),
  ];
  const leads = [admin];
  const people = [{ ...admin, auditor: false }];
  for (let number = 0; number < many * 2; number++) {
    const held = random.chance(0.2);
    const person = await makeUser(tx, {
      username: `u${String(number).padStart(3, "0")}`,
      firstName: random.pick(["Ada", "Bob", "Cyd"]),
      lastName: random.pick(["Ash", "Elm"]),
      configuration: random.pick(["default", "entra", "okta"]),
      primaryRole: random.pick(["Quality Engineer", "Quality Lead"]),
      managerId: random.chance(0.5) ? random.pick(leads).id : null,
      createdAt: moment(),
      lastSignInAt: random.chance(0.4) ? null : moment(),
      roles: held ? ["Auditor"] : [],
      ...random.pick(states)(),
    });
    people.push({ ...person, auditor: held });
    if (leads.length < 4) leads.push(person);
  }
  const statusOf = (person: (typeof people)[number]) => statusAt(person, now);
  const present = people.filter((person) => statusOf(person) !== "archived");

  const madeGroups = Array.from({ length: many }, (_, number) => {
    const name = `Group ${String(number).padStart(3, "0")}`;
    const description = random.pick(["Nightly runs", "Release", ""]);
    const owner = random.chance(0.7) ? random.pick(leads).id : null;
    const search = searchText(name, description);
    return { id: newId(), name, nameKey: foldName(name), search, description, ownerId: owner, createdAt: moment() };
  });
  await tx.insert(groups).values(madeGroups);
  const carrying = madeGroups.filter((_, index) => index > 1 && random.chance(0.1)).map(({ id }) => id);
  await tx.insert(groupRoles).values(carrying.map((groupId) => ({ groupId, roleId: auditor })));
  const [largest] = madeGroups as [(typeof madeGroups)[number]];
  const members = people.flatMap(({ id }) => {
    const chosen = random.chance(0.6) ? [largest] : [];
    const other = random.pick(madeGroups.slice(1));
    return [...chosen, other].map((group) => ({ groupId: group.id, userId: id }));
  });
  await tx.insert(groupMembers).values(members);

  const provisioned = random.pick(present.filter((person) => statusOf(person) === "active"));
  const registered = { status: "registered" as const, awaiting: false };
  const unused = { status: "provisioned" as const, awaiting: true };
  const ended = { status: "deregistered" as const, awaiting: false };
  const reregistered = { ...registered, awaiting: true };
  const madeClients = Array.from({ length: many * 3 }, (_, number) => {
    const owner = number < many ? provisioned : random.pick(people);
    const name = `rig ${String(number).padStart(3, "0")}`;
    return {
      id: newId(),
      userId: owner.id,
      owner,
      name,
      nameKey: foldName(name),
      search: searchText(name),
      ...random.pick([registered, registered, registered, registered, unused, ended, reregistered]),
      tokenPrefix: "gh_cli_a",
      tokenLastFour: "abcd",
      tokenExpiresAt: ago(-1),
      registeredAt: moment(),
      lastHeartbeatAt: random.pick([now, now, now, now, now, now, ago(1), ago(20), null]),
      disconnectedAt: random.chance(0.1) ? now : null,
      version: random.pick(["2.9.0", "2.10", "v3.0.1-beta", "nightly", null]),
    };
  });
  await tx.insert(settings).values({ key: "clients.newestVersion", value: "2.10.0" });
  await tx.insert(clients).values(madeClients.map(({ owner: _, ...client }) => client));
  const used = () => (random.chance(0.3) ? null : moment());
  const secret = (prefix: string) => ({ hash: newId(), prefix, lastFour: "0000", operations: ["account.update"] });
  const madeTokens = madeClients.map(({ userId, owner, name, nameKey }) => ({
    ...{ id: newId(), userId, owner, name, nameKey, createdAt: moment(), lastUsedAt: used(), ...secret("gh_pat_") },
  }));
  await tx.insert(accessTokens).values(madeTokens.map(({ owner: _, ...token }) => token));
  const madeProvisions = madeClients
    .filter(({ awaiting }) => awaiting)
    .map(({ id, owner }) => ({ clientId: id, owner, hash: id, createdAt: moment(), expiresAt: ago(-1) }));
  await tx.insert(clientTokens).values(madeProvisions.map(({ owner: _, ...token }) => token));
  const madeAccounts = Array.from({ length: many }, (_, number) => {
    const name = `Robot ${String(number).padStart(3, "0")}`;
    const account = { id: newId(), name, nameKey: foldName(name), search: searchText(name), createdAt: moment() };
    const disabledAt = random.chance(0.2) ? now : null;
    return { ...account, disabledAt, owner: random.chance(0.9) ? random.pick(people) : null };
  });
  await tx
    .insert(serviceAccounts)
    .values(madeAccounts.map(({ owner, ...account }) => ({ ...account, ownerId: owner?.id ?? null })));
  const accountsTokens = madeAccounts.map(({ id, name, nameKey }) => ({
    ...{ id: newId(), serviceAccountId: id, name, nameKey, createdAt: moment(), lastUsedAt: used() },
    ...secret("gh_svc_"),
  }));
  await tx.insert(accessTokens).values(accountsTokens);

  const madeSessions = Array.from({ length: many * 2 }, () => {
    const owner = random.pick(people);
    const lastSeenAt = new Date(now.getTime() - random.between(1, 3) * 60_000);
    const address = random.pick(["192.0.2.7", "10.1.2.3"]);
    const startedAt = ago(random.pick([1, 2]));
    return { id: newId(), userId: owner.id, owner, address, agent: "curl/8", startedAt, lastSeenAt, endsAt: ago(-1) };
  });
  await tx.insert(sessions).values(madeSessions.map(({ owner: _, ...session }) => session));

  const madeLinks = people.flatMap((owner) => {
    const purpose = random.pick(["invitation", "password_reset"] as const);
    const link = { id: newId(), purpose, userId: owner.id, owner, createdAt: moment(), expiresAt: ago(-1) };
    return random.chance(0.4) ? [link] : [];
  });
  await tx.insert(links).values(madeLinks.map(({ owner: _, ...link }) => ({ ...link, hash: link.id })));

  const madeResources = Array.from({ length: many * 2 }, (_, number) => {
    const name = random.pick(["Onboarding", "Night shift", "Release notes"]);
    const externalId = `ext-${String(number).padStart(3, "0")}`;
    const owner = random.chance(0.9) ? random.pick(people) : null;
    return {
      ...{ id: newId(), type: random.pick(["assistant", "project"]), externalId, name, nameKey: foldName(name) },
      ...{ search: searchText(name, externalId), ownerId: owner?.id ?? null, owner, updatedAt: moment() },
    };
  });
  await tx.insert(resources).values(madeResources.map(({ owner: _, ...resource }) => resource));

  const madeMails = Array.from({ length: many }, (_, number) => ({
    id: newId(),
    template: "test",
    userId: random.chance(0.8) ? random.pick(leads).id : null,
    toName: "Eve",
    toAddress: "eve@northwind.example",
    subject: `Mail ${number}`,
    status: random.pick(mailStatuses),
    createdAt: moment(),
  }));
  await tx.insert(mails).values(madeMails);

  const eventMoment = () => new Date(Date.UTC(2026, 10, random.pick([18, 19, 20]), 9));
  const past = Array.from({ length: many }, (): PastEvent => {
    const person = random.pick(leads);
    return {
      witness: { ...ctx, actor: { kind: "person", id: random.pick(leads).id }, now: eventMoment },
      draft: {
        operation: random.pick(["user.update", "user.disable", "client.generate"] as const),
        outcome: random.pick(["succeeded", "refused"] as const),
        target: { kind: "user", id: random.pick(leads).id, personId: random.chance(0.8) ? person.id : null },
        before: { lastName: "a" },
        after: { lastName: "b" },
      },
    };
  });
  await recordHistory(tx, past);
  const madeEvents = await tx.select().from(events);

  const owner = await findClientOwner(ctx, provisioned.id);
  if (!owner) throw new Error("The owner of the clients is not there");
  return {
    ctx,
    now,
    auditor,
    people: people.map((person) => ({
      ...person,
      status: statusOf(person),
      roleIds: [
        person.primaryRoleId,
        ...(person.auditor || members.some((one) => one.userId === person.id && carrying.includes(one.groupId))
          ? [auditor]
          : []),
      ],
      groupIds: members.filter(({ userId }) => userId === person.id).map(({ groupId }) => groupId),
    })),
    groups: madeGroups.map((group) => ({ ...group, roleIds: carrying.includes(group.id) ? [auditor] : [] })),
    largest,
    leads,
    tokens: madeTokens,
    accounts: madeAccounts.map(({ owner, ...account }) => ({
      ...account,
      ownerId: owner?.id ?? null,
      ownerStatus: owner && statusOf(owner),
    })),
    clients: madeClients.map((client) => ({ ...client, ownerStatus: statusOf(client.owner) })),
    owner,
    sessions: madeSessions.map((session) => ({ ...session, ownerStatus: statusOf(session.owner) })),
    credentials: [
      ...madeTokens.map((token) => ({ ...token, kind: "access_token" })),
      ...accountsTokens.map((token) => ({ ...token, kind: "access_token", owner: null, accountName: token.name })),
      ...madeClients
        .filter(({ status, awaiting }) => status === "registered" && !awaiting)
        .map((one) => ({ ...one, kind: "client", createdAt: one.registeredAt, lastUsedAt: one.lastHeartbeatAt })),
      ...madeProvisions.map((one) => ({ ...one, id: one.clientId, kind: "provision_token", lastUsedAt: null })),
      ...madeSessions
        .filter(({ owner }) => ["active", "locked"].includes(statusOf(owner)))
        .map((one) => ({ ...one, kind: "session", createdAt: one.startedAt, lastUsedAt: one.lastSeenAt })),
      ...madeLinks.map((link) => ({ ...link, kind: link.purpose, lastUsedAt: null })),
    ].map(({ id, kind, owner, createdAt, lastUsedAt, ...one }) => ({
      ...{ id, kind, createdAt, lastUsedAt, userId: owner?.id ?? null },
      accountName: "accountName" in one ? one.accountName : null,
      account: owner ? statusOf(owner) : "service_account",
    })),
    resources: madeResources.map((resource) => ({
      ...resource,
      ownerLeft: !resource.owner || ["archived", "disabled"].includes(statusOf(resource.owner)),
    })),
    mails: madeMails,
    events: madeEvents,
  };
}
