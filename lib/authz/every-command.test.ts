import { eq, sql } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import type { Tx } from "@/db/client";
import type { Scope } from "@/db/enums";
import {
  accessTokens,
  appOperations,
  awaitedIdentities,
  clients,
  clientTokens,
  groupMembers,
  groupRoles,
  groups,
  handovers,
  identities,
  mails,
  passkeys,
  passwords,
  resources,
  roleOperations,
  roles,
  savedViews,
  serviceAccountRoles,
  serviceAccounts,
  sessions,
  userRoles,
} from "@/db/schema";
import { declareOperation, importOperations, removeOperation } from "@/lib/app-operations/commands";
import {
  confirmToken,
  deleteClient,
  deregisterClient,
  disconnectClient,
  generateClient,
  renameClient,
  reprovisionClient,
  reregisterClient,
} from "@/lib/clients/commands";
import type { Ctx, Person } from "@/lib/context";
import { resetFactors } from "@/lib/factors/commands/reset";
import { addMember } from "@/lib/groups/commands/add-member";
import { createGroup } from "@/lib/groups/commands/create";
import { deleteGroup } from "@/lib/groups/commands/delete";
import { removeMember } from "@/lib/groups/commands/remove-member";
import { updateGroup, updateGroupRoles } from "@/lib/groups/commands/update";
import { createProvider } from "@/lib/identity-providers/commands/create";
import { releaseProvider, requireProvider } from "@/lib/identity-providers/commands/only";
import { cancelLink, prepareLink } from "@/lib/identity-providers/commands/prepare-link";
import { deleteProvider, disableProvider, enableProvider, recordTest } from "@/lib/identity-providers/commands/state";
import { unlinkIdentity } from "@/lib/identity-providers/commands/unlink";
import { updateConnection, updateProvider } from "@/lib/identity-providers/commands/update";
import { revokeInvitation, sendInvitation } from "@/lib/invitations/commands";
import { mayRun } from "@/lib/kernel/ask";
import type { AnyCommand } from "@/lib/kernel/command";
import { issueLink } from "@/lib/links/issue";
import { removeTransport, retryMail, saveTransport, sendTest } from "@/lib/mail/commands";
import { enqueueMail } from "@/lib/mail/enqueue";
import { type OperationKey, operationOf } from "@/lib/operations";
import { resetPassword } from "@/lib/passwords/commands/reset";
import { revokeResetLink } from "@/lib/passwords/commands/revoke-link";
import { deleteResource } from "@/lib/resources/commands/delete";
import { registerResource } from "@/lib/resources/commands/register";
import { updateResource } from "@/lib/resources/commands/update";
import { addPreset } from "@/lib/roles/commands/add-preset";
import { createRole } from "@/lib/roles/commands/create";
import { deleteRole } from "@/lib/roles/commands/delete";
import { updateRole } from "@/lib/roles/commands/update";
import { createAccount } from "@/lib/service-accounts/commands/create";
import { deleteAccount } from "@/lib/service-accounts/commands/delete";
import { issueAccountToken } from "@/lib/service-accounts/commands/issue-token";
import { disableAccount, enableAccount } from "@/lib/service-accounts/commands/state";
import { updateAccount } from "@/lib/service-accounts/commands/update";
import { endAllSessions, endSession } from "@/lib/sessions/commands";
import { dismissFirstSteps, dismissNotice, updateSetting } from "@/lib/settings/commands";
import { createAdministrator } from "@/lib/setup/commands";
import { findCommands } from "@/lib/testing/commands";
import { company, refused } from "@/lib/testing/company";
import { as, lastEvent, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { hostilePeer } from "@/lib/testing/hostile-peer";
import { connectionOf, detailsOf, makeProviders, providerForm } from "@/lib/testing/identity-providers";
import { readingAlone } from "@/lib/testing/read-only";
import { tell } from "@/lib/testing/thorough";
import { issueToken, regenerateToken, revokeAccessToken } from "@/lib/tokens/commands";
import { archiveUser } from "@/lib/users/commands/archive";
import { createUser } from "@/lib/users/commands/create";
import { disableUser, enableUser } from "@/lib/users/commands/disable";
import { purgeUser } from "@/lib/users/commands/purge";
import { restoreUser } from "@/lib/users/commands/restore";
import { unlockUser } from "@/lib/users/commands/unlock";
import { updateUser } from "@/lib/users/commands/update";
import { updateAccess } from "@/lib/users/commands/update-access";
import { viewAs } from "@/lib/users/commands/view-as";
import { createView, deleteView, updateView } from "@/lib/views/commands";

type Used = { command: AnyCommand; input: unknown };

/** Where it is set, a command that is called is only noted here. */
const noted = vi.hoisted(() => ({ used: null as Used[] | null }));

vi.mock("@/lib/kernel/run", async (original) => {
  const actual = await original<typeof import("@/lib/kernel/run")>();
  const run = (...[ctx, command, input]: Parameters<typeof actual.run>) =>
    noted.used ? noted.used.push({ command, input }) : actual.run(ctx, command, input);
  return { ...actual, run };
});

const peer = hostilePeer();

const later = new Date(Date.now() + 90 * 86_400_000);

const transport = {
  host: "mail.northwind.example",
  port: 587,
  security: "starttls" as const,
  user: "",
  password: "",
  from: "Gatehouse <gatehouse@northwind.example>",
};

type Held = { operation: string; scope: Scope };

/** A company with something of each kind to reach for, and Mallory, who sees all of it and may change nothing. */
async function stage(tx: Tx) {
  const people = await company(tx);
  await tx.insert(passwords).values({ userId: people.ada.id, hash: "of nobody's use here" });
  const role = async (name: string, held: Held[], kind: "primary" | "additional" = "additional") => {
    const [made] = await tx
      .insert(roles)
      .values({ name, nameKey: name.toLowerCase(), kind, rank: kind === "primary" ? 9 : null })
      .returning();
    if (held.length > 0) await tx.insert(roleOperations).values(held.map((one) => ({ roleId: made!.id, ...one })));
    return made!;
  };
  const nouns = ["user", "group", "resource", "role", "client", "token", "service_account", "session"];
  const seeing = nouns.map((noun) => ({
    operation: `${noun}.read`,
    scope: "all" as const,
  }));
  const onlooker = await role("Onlooker", seeing, "primary");
  const spare = await role("Spare", []);
  const keeper = await role("Keeper", [{ operation: "user.update", scope: "owned_groups" }]);
  const mallory = await makeUser(tx, { username: "mallory", firstName: "Mallory", primaryRoleId: onlooker.id });
  const vic = await makeUser(tx, { username: "vic", firstName: "Vic", primaryRoleId: onlooker.id });
  await makeUser(tx, { username: "vera", firstName: "Vera", primaryRoleId: onlooker.id, managerId: vic.id });
  await tx.insert(passkeys).values({ userId: vic.id, credentialId: "vic", publicKey: "key", name: "Laptop" });
  const gone = await makeUser(tx, {
    username: "gus",
    primaryRole: "Quality Manager",
    roles: ["Admin"],
    status: "archived",
    statusBeforeArchive: "active",
  });
  const locked = await makeUser(tx, { username: "lucy", primaryRoleId: onlooker.id, lockedAt: new Date() });
  const invited = await makeUser(tx, { username: "ivy", primaryRoleId: onlooker.id, status: "invited" });
  await issueLink(await as(tx, people.ada), tx, { purpose: "invitation", userId: invited.id });
  await issueLink(await as(tx, people.ada), tx, { purpose: "password_reset", userId: vic.id });
  const disabled = await makeUser(tx, { username: "dan", primaryRoleId: onlooker.id, status: "disabled" });
  await tx.insert(userRoles).values({ userId: people.sam.id, roleId: keeper.id });
  const admin = await roleNamed(tx, "Admin");
  const group = async (name: string, roleIds: string[], ownerId: string | null = null) => {
    const [made] = await tx.insert(groups).values({ name, nameKey: name.toLowerCase(), ownerId }).returning();
    if (roleIds.length > 0)
      await tx.insert(groupRoles).values(roleIds.map((roleId) => ({ groupId: made!.id, roleId })));
    return made!;
  };
  const admins = await group("Admins", [admin.id]);
  const plain = await group("Plain", []);
  const owned = await group("Owned", [], vic.id);
  await tx.insert(groupMembers).values([
    { groupId: plain.id, userId: vic.id },
    { groupId: admins.id, userId: people.lee.id, endsAt: later },
  ]);
  await tx.insert(appOperations).values({ key: "project.create", sentence: "Create a project" });
  const left = await makeUser(tx, {
    username: "lena",
    primaryRoleId: onlooker.id,
    status: "archived",
    statusBeforeArchive: "active",
  });
  const handedOn = await group("Handed on", [], people.ada.id);
  const moved = await makeUser(tx, { username: "mia", primaryRoleId: onlooker.id, managerId: vic.id });
  await tx.insert(handovers).values([
    { userId: left.id, kind: "group", objectId: handedOn.id, toId: people.ada.id },
    { userId: left.id, kind: "report", objectId: moved.id, toId: vic.id },
  ]);
  const client = async (name: string, status: "provisioned" | "registered" | "deregistered") => {
    const [made] = await tx
      .insert(clients)
      .values({
        userId: vic.id,
        name,
        nameKey: name,
        status,
        tokenPrefix: "gh_cli_",
        tokenLastFour: "abcd",
        tokenExpiresAt: later,
      })
      .returning();
    const [token] = await tx
      .insert(clientTokens)
      .values({ clientId: made!.id, hash: `${name}-hash`, expiresAt: later })
      .returning();
    return { id: made!.id, tokenId: token!.id };
  };
  const [session] = await tx
    .insert(sessions)
    .values({ userId: vic.id, address: "10.0.0.1", agent: "test", endsAt: later })
    .returning();
  await saveTransport(await as(tx, people.ada), transport);
  const provider = await makeProviders(await as(tx, people.ada), tx, peer);
  const to = { name: "Vic", address: vic.email };
  const mail = await enqueueMail(await as(tx, people.ada), tx, { template: "test", userId: vic.id, to, values: {} });
  await tx.update(mails).set({ lastError: "451" }).where(eq(mails.id, mail.id));
  const claims = { username: null, email: null, firstName: null, lastName: null, emailVerified: false };
  const [identity] = await tx
    .insert(identities)
    .values({ providerId: provider.enabled.id, issuer: peer.issuer, subject: "vic", userId: vic.id, claims })
    .returning();
  const [awaited] = await tx
    .insert(awaitedIdentities)
    .values({
      ...{ providerId: provider.enabled.id, userId: invited.id, madeBy: people.ada.id, endsAt: later },
      ...{ email: invited.email, emailKey: invited.emailKey },
    })
    .returning();
  const seats = await tx
    .insert(sessions)
    .values([people.ada, mallory].map(({ id }) => ({ userId: id, address: "10.0.0.2", agent: "test", endsAt: later })))
    .returning();
  const reader = await role("Reader", [{ operation: "user.read", scope: "all" }]);
  const purger = await role("Purger", [{ operation: "user.purge", scope: "all" }]);
  const account = async (name: string, ownerId: string, roleIds: string[]) => {
    const [made] = await tx.insert(serviceAccounts).values({ name, nameKey: name.toLowerCase(), ownerId }).returning();
    await tx.insert(serviceAccountRoles).values(roleIds.map((roleId) => ({ serviceAccountId: made!.id, roleId })));
    return made!;
  };
  const robots = {
    robot: await account("Robot", moved.id, [reader.id, purger.id]),
    another: await account("Another", disabled.id, [reader.id]),
  };
  await tx.update(serviceAccounts).set({ disabledAt: new Date() }).where(eq(serviceAccounts.id, robots.another.id));
  const [accessToken] = await tx
    .insert(accessTokens)
    .values({
      userId: vic.id,
      name: "ci",
      nameKey: "ci",
      hash: "ci",
      prefix: "gh_pat_",
      lastFour: "0000",
      operations: [],
    })
    .returning();
  const [resource] = await tx
    .insert(resources)
    .values({ type: "assistant", externalId: "7", name: "Seven", nameKey: "seven", ownerId: people.eve.id })
    .returning();
  const [view] = await tx
    .insert(savedViews)
    .values({ list: "users", ownerId: null, name: "Locked", nameKey: "locked", query: "status=locked" })
    .returning();
  return {
    view: view!,
    resource: resource!,
    accessToken: accessToken!,
    ...robots,
    reader,
    identity: identity!,
    awaited: awaited!,
    ...people,
    mail,
    ...provider,
    mallory,
    vic,
    gone,
    locked,
    disabled,
    invited,
    admin,
    spare,
    admins,
    plain,
    owned,
    left,
    handedOn,
    moved,
    session: session!,
    seats,
    registered: await client("registered", "registered"),
    deregistered: await client("deregistered", "deregistered"),
    role,
  };
}

type Stage = Awaited<ReturnType<typeof stage>>;
type Try = (on: Stage) => (ctx: Ctx) => Promise<unknown>;

/**
 * `lacks`: tried by somebody without the operation. `escalates`: tried by somebody with it, who would give by it what
 * they do not hold themselves (R8, R14); required of every operation that grants. `another`: on somebody else, where `lacks` is
 * on oneself (R13).
 */
type Row = { lacks: Try; another?: Try; escalates?: Record<string, Try> };

const draft = (more: object = {}) => ({
  configuration: "default" as const,
  username: "newcomer",
  email: "newcomer@northwind.example",
  firstName: "New",
  lastName: "Comer",
  additionalRoleIds: [],
  managerId: null,
  groupIds: [],
  credentials: "generate" as const,
  password: "",
  confirmPassword: "",
  mustChangePassword: true,
  ...more,
});

const form = (person: Stage["vic"], more: object = {}) => ({
  id: person.id,
  version: person.version,
  email: person.email,
  firstName: person.firstName,
  lastName: person.lastName,
  primaryRoleId: person.primaryRoleId,
  additionalRoleIds: [],
  managerId: person.managerId,
  accessEndsAt: person.accessEndsAt,
  password: "",
  confirmPassword: "",
  ...more,
});

const details = ({ id, version, name, description, ownerId }: Stage["plain"], more: object = {}) => ({
  id,
  version,
  name,
  description,
  ownerId,
  ...more,
});

const accountForm = ({ id, version, name, ownerId }: Stage["robot"], more: object = {}) => ({
  id,
  version,
  name,
  ownerId: ownerId ?? "",
  roleIds: [],
  ...more,
});

/** In a session of the actor, for what is done to that. */
const seated = ({ seats }: Stage, ctx: Ctx) => {
  const sessionId = seats.find(({ userId }) => userId === ctx.actor.id)?.id ?? null;
  return { ...ctx, actor: { ...ctx.actor, sessionId } } as Ctx<Person>;
};

const roleForm = { description: "", rank: null, combinesWith: [], operations: [] as Held[] };
const purging: Held = { operation: "user.purge", scope: "all" };

const table: Record<string, Row> = {
  addMember: {
    lacks: (on) => (ctx) => addMember(ctx, { groupId: on.plain.id, userId: on.mallory.id, endsAt: null }),
    another: (on) => (ctx) => addMember(ctx, { groupId: on.owned.id, userId: on.invited.id, endsAt: null }),
    escalates: {
      "joins a group that carries administration": (on) => (ctx) =>
        addMember(ctx, { groupId: on.admins.id, userId: on.mallory.id, endsAt: null }),
      "puts another there for a minute": (on) => (ctx) =>
        addMember(ctx, { groupId: on.admins.id, userId: on.vic.id, endsAt: new Date(Date.now() + 60_000) }),
    },
  },
  removeMember: { lacks: (on) => (ctx) => removeMember(ctx, { groupId: on.plain.id, userId: on.vic.id }) },
  createGroup: {
    lacks: () => (ctx) => createGroup(ctx, { name: "New", description: "", ownerId: null, roles: [] }),
    escalates: {
      "with administration": (on) => (ctx) =>
        createGroup(ctx, {
          name: "New",
          description: "",
          ownerId: null,
          roles: [{ roleId: on.admin.id, endsAt: null }],
        }),
      "for an owner with more reach": (on) => (ctx) =>
        createGroup(ctx, { name: "New", description: "", ownerId: on.sam.id, roles: [] }),
    },
  },
  updateGroup: {
    lacks: (on) => (ctx) => updateGroup(ctx, details(on.plain, { ownerId: on.mallory.id })),
    escalates: {
      "to an owner with more reach": (on) => (ctx) => updateGroup(ctx, details(on.plain, { ownerId: on.sam.id })),
    },
  },
  updateGroupRoles: {
    lacks: (on) => (ctx) => updateGroupRoles(ctx, { id: on.admins.id, version: 1, roles: [] }),
    escalates: {
      "with administration": (on) => (ctx) =>
        updateGroupRoles(ctx, { id: on.plain.id, version: 1, roles: [{ roleId: on.admin.id, endsAt: null }] }),
    },
  },
  deleteGroup: { lacks: (on) => (ctx) => deleteGroup(ctx, { id: on.admins.id, version: 1 }) },
  registerResource: {
    lacks: (on) => (ctx) =>
      registerResource(ctx, {
        ...{ type: "assistant", externalId: "8", name: "Eight", url: null, ownerId: on.vic.id, version: null },
      }),
  },
  updateResource: {
    lacks: (on) => (ctx) =>
      updateResource(ctx, { id: on.resource.id, version: 1, name: "Seven", url: null, ownerId: on.mallory.id }),
  },
  deleteResource: { lacks: (on) => (ctx) => deleteResource(ctx, { id: on.resource.id, version: 1 }) },
  createView: {
    lacks: () => (ctx) =>
      createView(ctx as Ctx<Person>, { list: "users", name: "New", query: "status=disabled", shared: true }),
  },
  updateView: { lacks: (on) => (ctx) => updateView(ctx as Ctx<Person>, { id: on.view.id, name: "Barred" }) },
  deleteView: { lacks: (on) => (ctx) => deleteView(ctx as Ctx<Person>, { id: on.view.id }) },
  createRole: {
    lacks: () => (ctx) => createRole(ctx, { kind: "additional", name: "New", ...roleForm }),
    escalates: {
      "with more than its maker holds": () => (ctx) =>
        createRole(ctx, { kind: "additional", name: "New", ...roleForm, operations: [purging] }),
    },
  },
  updateRole: {
    lacks: (on) => (ctx) => updateRole(ctx, { id: on.spare.id, version: 1, name: "Spare", ...roleForm }),
    escalates: {
      "with more than its editor holds": (on) => (ctx) =>
        updateRole(ctx, { id: on.spare.id, version: 1, name: "Spare", ...roleForm, operations: [purging] }),
    },
  },
  deleteRole: { lacks: (on) => (ctx) => deleteRole(ctx, { id: on.spare.id }) },
  addPreset: {
    lacks: () => (ctx) => addPreset(ctx, { preset: "agent_life_cycle" }),
    escalates: { "with what it carries": () => (ctx) => addPreset(ctx, { preset: "back_office" }) },
  },
  declareOperation: {
    lacks: () => (ctx) => declareOperation(ctx, { key: "report.print", sentence: "Print a report" }),
  },
  importOperations: {
    lacks: () => (ctx) =>
      importOperations(ctx, { text: JSON.stringify([{ key: "report.print", sentence: "Print a report" }]) }),
  },
  removeOperation: { lacks: () => (ctx) => removeOperation(ctx, { key: "project.create" }) },
  createUser: {
    lacks: (on) => (ctx) => createUser(ctx, draft({ primaryRoleId: on.mallory.primaryRoleId }) as never),
    escalates: {
      "with administration": (on) => (ctx) =>
        createUser(ctx, draft({ primaryRoleId: on.mallory.primaryRoleId, additionalRoleIds: [on.admin.id] }) as never),
      "in a group that carries it": (on) => (ctx) =>
        createUser(ctx, draft({ primaryRoleId: on.mallory.primaryRoleId, groupIds: [on.admins.id] }) as never),
      "below a manager with more reach": (on) => (ctx) =>
        createUser(ctx, draft({ primaryRoleId: on.mallory.primaryRoleId, managerId: on.quinn.id }) as never),
      "with a higher primary role": (on) => (ctx) =>
        createUser(ctx, draft({ primaryRoleId: on.quinn.primaryRoleId }) as never),
    },
  },
  createAdministrator: {
    lacks: () => (ctx) => createAdministrator(ctx, administrator),
    escalates: { "from within": () => (ctx) => createAdministrator(ctx, administrator) },
  },
  updateUser: {
    lacks: (on) => (ctx) => updateUser(ctx, form(on.vic, { firstName: "Victor" })),
    escalates: {
      "gives themselves administration": (on) => (ctx) =>
        updateUser(ctx, form(on.mallory, { additionalRoleIds: [on.admin.id] })),
      "raises their own primary role": (on) => (ctx) =>
        updateUser(ctx, form(on.mallory, { primaryRoleId: on.quinn.primaryRoleId })),
      "gives a manager with more reach": (on) => (ctx) => updateUser(ctx, form(on.vic, { managerId: on.quinn.id })),
    },
  },
  updateAccess: {
    lacks: (on) => (ctx) =>
      updateAccess(ctx, { id: on.vic.id, version: on.vic.version, memberships: [], roleEnds: [] }),
    escalates: {
      "joins a group that carries administration": (on) => (ctx) =>
        updateAccess(ctx, {
          id: on.mallory.id,
          version: on.mallory.version,
          memberships: [{ groupId: on.admins.id, endsAt: null }],
          roleEnds: [],
        }),
    },
  },
  disableUser: { lacks: (on) => (ctx) => disableUser(ctx, { id: on.vic.id, reason: "test", until: null }) },
  enableUser: { lacks: (on) => (ctx) => enableUser(ctx, { id: on.disabled.id }) },
  unlockUser: { lacks: (on) => (ctx) => unlockUser(ctx, { id: on.locked.id }) },
  archiveUser: {
    lacks: (on) => (ctx) =>
      archiveUser(ctx, { id: on.vic.id, owners: [{ id: on.owned.id, ownerId: on.mallory.id }], managerId: null }),
    escalates: {
      "hands a group to an owner with more reach": (on) => (ctx) =>
        archiveUser(ctx, { id: on.vic.id, owners: [{ id: on.owned.id, ownerId: on.sam.id }], managerId: null }),
      "hands reports to a manager with more reach": (on) => (ctx) =>
        archiveUser(ctx, {
          id: on.vic.id,
          owners: [{ id: on.owned.id, ownerId: on.mallory.id }],
          managerId: on.quinn.id,
        }),
    },
  },
  restoreUser: {
    lacks: (on) => (ctx) => restoreUser(ctx, { id: on.gone.id }),
    escalates: {
      "brings an administrator back": (on) => (ctx) => restoreUser(ctx, { id: on.gone.id }),
      "hands a group back": (on) => (ctx) => restoreUser(ctx, { id: on.left.id, handBack: [on.handedOn.id] }),
      "hands a report back": (on) => (ctx) => restoreUser(ctx, { id: on.left.id, handBack: [on.moved.id] }),
    },
  },
  purgeUser: { lacks: (on) => (ctx) => purgeUser(ctx, { id: on.gone.id, username: "gus" }) },
  viewAs: { lacks: (on) => (ctx) => viewAs(seated(on, ctx), { id: on.vic.id }) },
  sendInvitation: { lacks: (on) => (ctx) => sendInvitation(ctx, { id: on.invited.id }) },
  revokeInvitation: { lacks: (on) => (ctx) => revokeInvitation(ctx, { id: on.invited.id }) },
  revokeResetLink: { lacks: (on) => (ctx) => revokeResetLink(ctx, { id: on.vic.id }) },
  resetPassword: { lacks: (on) => (ctx) => resetPassword(ctx, { id: on.vic.id, way: "generate" }) },
  resetFactors: { lacks: (on) => (ctx) => resetFactors(ctx, { id: on.vic.id }) },
  endSession: { lacks: (on) => (ctx) => endSession(ctx, { id: on.session.id }) },
  endAllSessions: { lacks: (on) => (ctx) => endAllSessions(ctx, { userId: on.vic.id }) },
  updateSetting: { lacks: () => (ctx) => updateSetting(ctx, { key: "sessions.idleHours", value: 24 }) },
  dismissFirstSteps: { lacks: () => (ctx) => dismissFirstSteps(ctx, {}) },
  dismissNotice: { lacks: () => (ctx) => dismissNotice(ctx, {}) },
  saveTransport: { lacks: () => (ctx) => saveTransport(ctx, transport) },
  removeTransport: { lacks: () => (ctx) => removeTransport(ctx, {}) },
  sendTest: { lacks: () => (ctx) => sendTest(ctx, {}) },
  retryMail: { lacks: (on) => (ctx) => retryMail(ctx, { id: on.mail.id }) },
  createProvider: {
    lacks: (on) => (ctx) => createProvider(ctx, providerForm(on.mallory.id, peer, { slug: "own", name: "Own" })),
  },
  updateProvider: { lacks: (on) => (ctx) => updateProvider(ctx, detailsOf(on.tested)) },
  updateConnection: {
    lacks: (on) => (ctx) => updateConnection(ctx, connectionOf(on.tested)),
  },
  recordTest: {
    lacks: (on) => (ctx) =>
      recordTest(ctx as never, { id: on.tested.id, connectionId: on.tested.connectionId, claims: {} }),
  },
  enableProvider: { lacks: (on) => (ctx) => enableProvider(ctx, { id: on.tested.id }) },
  disableProvider: { lacks: (on) => (ctx) => disableProvider(ctx, { id: on.enabled.id }) },
  deleteProvider: { lacks: (on) => (ctx) => deleteProvider(ctx, { id: on.tested.id }) },
  prepareLink: {
    lacks: (on) => (ctx) =>
      prepareLink(ctx as never, { userId: on.eve.id, providerId: on.enabled.id, email: on.eve.email }),
    another: (on) => (ctx) =>
      prepareLink(ctx as never, { userId: on.locked.id, providerId: on.enabled.id, email: on.locked.email }),
  },
  cancelLink: { lacks: (on) => (ctx) => cancelLink(ctx, { id: on.awaited.id }) },
  requireProvider: { lacks: (on) => (ctx) => requireProvider(ctx, { id: on.enabled.id }) },
  releaseProvider: { lacks: (on) => (ctx) => releaseProvider(ctx, { id: on.enabled.id }) },
  unlinkIdentity: { lacks: (on) => (ctx) => unlinkIdentity(ctx, { id: on.identity.id }) },
  generateClient: { lacks: (on) => (ctx) => generateClient(ctx, { userId: on.vic.id, name: "new" }) },
  confirmToken: { lacks: (on) => (ctx) => confirmToken(ctx, on.registered) },
  deregisterClient: { lacks: (on) => (ctx) => deregisterClient(ctx, { id: on.registered.id }) },
  disconnectClient: { lacks: (on) => (ctx) => disconnectClient(ctx, { id: on.registered.id }) },
  reregisterClient: { lacks: (on) => (ctx) => reregisterClient(ctx, { id: on.deregistered.id }) },
  renameClient: { lacks: (on) => (ctx) => renameClient(ctx, { id: on.registered.id, name: "other" }) },
  deleteClient: { lacks: (on) => (ctx) => deleteClient(ctx, { id: on.deregistered.id }) },
  issueToken: {
    lacks: (on) => (ctx) =>
      issueToken(ctx as never, { userId: on.vic.id, name: "new", operations: ["user.read"], days: 7 }),
  },
  regenerateToken: {
    lacks: (on) => (ctx) => regenerateToken(ctx as never, { id: on.accessToken.id, days: 7, overlapHours: 0 }),
  },
  revokeAccessToken: { lacks: (on) => (ctx) => revokeAccessToken(ctx, { id: on.accessToken.id }) },
  createAccount: {
    lacks: (on) => (ctx) => createAccount(ctx, { name: "New", ownerId: on.moved.id, roleIds: [] }),
    another: (on) => (ctx) => createAccount(ctx, { name: "New", ownerId: on.vic.id, roleIds: [] }),
    escalates: {
      "with administration": (on) => (ctx) =>
        createAccount(ctx, { name: "New", ownerId: on.mallory.id, roleIds: [on.admin.id] }),
    },
  },
  updateAccount: {
    lacks: (on) => (ctx) => updateAccount(ctx, accountForm(on.robot, { name: "Other" })),
    another: (on) => (ctx) => updateAccount(ctx, accountForm(on.another, { name: "Other" })),
    escalates: {
      "gives it administration": (on) => (ctx) => updateAccount(ctx, accountForm(on.robot, { roleIds: [on.admin.id] })),
      "hands it to an owner under whom it does more": (on) => (ctx) =>
        updateAccount(ctx, accountForm(on.robot, { ownerId: on.ada.id })),
    },
  },
  disableAccount: {
    lacks: (on) => (ctx) => disableAccount(ctx, { id: on.robot.id }),
    another: (on) => (ctx) => disableAccount(ctx, { id: on.another.id }),
  },
  enableAccount: { lacks: (on) => (ctx) => enableAccount(ctx, { id: on.another.id }) },
  deleteAccount: {
    lacks: (on) => (ctx) => deleteAccount(ctx, { id: on.robot.id, version: 1 }),
    another: (on) => (ctx) => deleteAccount(ctx, { id: on.another.id, version: 1 }),
  },
  issueAccountToken: {
    lacks: (on) => (ctx) =>
      issueAccountToken(ctx as never, { id: on.robot.id, name: "new", operations: ["user.read"], days: 7 }),
    another: (on) => (ctx) =>
      issueAccountToken(ctx as never, { id: on.another.id, name: "new", operations: ["user.read"], days: 7 }),
  },
  reprovisionClient: { lacks: (on) => (ctx) => reprovisionClient(ctx, { id: on.registered.id }) },
};

const administrator = {
  username: "second",
  email: "second@northwind.example",
  firstName: "Second",
  lastName: "Admin",
  password: "seven lanterns over the harbour",
};

/** What reaches only the actor, is opened by its own proof, or only reads. */
const beside = [
  "identity.link",
  "account.update",
  "account.export",
  "client.renew",
  "token.create",
  "audit.export",
  "factor.add",
  "factor.remove",
  "factor.renew",
];
const commands = findCommands().filter(
  ({ operation }) => operationOf(operation).scopes.length > 0 && !beside.includes(operation),
);
const byName = new Map(commands.map((command) => [command.name, command]));

test("every command of the project has its row, and every row its command", () => {
  expect(findCommands().length).toBeGreaterThan(35);
  expect(commands.map(({ name }) => name).toSorted()).toEqual(Object.keys(table).toSorted());
  const granting = commands.filter(({ operation }) => operationOf(operation).grants).map(({ name }) => name);
  expect(granting.filter((name) => !table[name]?.escalates)).toEqual([]);
  expect(Object.keys(table)[0]).toBe("addMember");
});

test(
  "asking takes no lock and writes nothing, for every command and every asker",
  () =>
    withFreshDatabase("asking_reads", async (db, url) => {
      const on = await db.transaction((tx) => stage(tx as Tx));
      let [yes, no] = [0, 0];
      for (const { lacks, another, escalates } of Object.values(table)) {
        const tries = [lacks, another, ...Object.values(escalates ?? {})].flatMap((one) => one ?? []);
        for (const actor of [on.ada, on.mallory]) {
          noted.used = [];
          for (const attempt of tries) await attempt(on)(await as(db, actor));
          const used = noted.used;
          noted.used = null;
          for (const { command, input } of used)
            await readingAlone(url, 2, async (tx) => {
              const { ok } = await mayRun(await as(tx, actor), command, input);
              if (ok) yes++;
              else no++;
            });
        }
      }
      tell("commands asked", { yes, no });
      expect(yes).toBeGreaterThan(30);
      expect(no).toBeGreaterThan(30);
    }),
  60_000,
);

test("what no role carries is opened by its own proof, and is no more than this", () => {
  const proven = findCommands().filter(({ operation }) => operationOf(operation).scopes.length === 0);
  expect([...new Set(proven.map(({ operation }) => operation))].toSorted()).toEqual(
    [
      "client.notice_copy",
      "client.refuse",
      "client.register",
      "client.revoke",
      "email.confirm",
      "identity.create",
      "identity.join_groups",
      "identity.leave_groups",
      "identity.match",
      "identity.redeem",
      "identity.update",
      "invitation.accept",
      "password.redeem",
      "password.request",
      "session.end_by_provider",
      "session.refuse",
      "session.sign_out",
      "session.start",
      "session.verify",
      "setup.complete",
      "user.stop_viewing",
    ].toSorted(),
  );
});

const written = [
  ["users", "user_roles", "group_members", "group_roles", "groups", "roles", "role_operations"],
  [
    "role_combinations",
    "app_operations",
    "clients",
    "client_tokens",
    "passkeys",
    "sessions",
    "sign_in_names",
    "passwords",
    "links",
    "handovers",
    "service_accounts",
    "service_account_roles",
    "access_tokens",
    "resources",
    "saved_views",
  ],
  ["identity_providers", "provider_secrets", "provider_groups", "identities", "awaited_identities"],
  ["session_id_tokens", "used_logout_tokens", "signing_keys", "used_assertions", "revoked_tokens"],
].flat();

/** One text for all that a command could have changed. */
async function stateOf(tx: Tx): Promise<string> {
  const sums = written.map(
    (name) => `(select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) from ${name} t)`,
  );
  const [row] = await tx
    .select({ state: sql<string>`t.state` })
    .from(sql.raw(`(select ${sums.join(" || ")} as state) t`));
  return row?.state ?? "";
}

async function isRefused(tx: Tx, on: Stage, attempt: Try, operation: OperationKey) {
  const ctx = await as(tx, on.mallory);
  const before = await stateOf(tx);
  await expect(attempt(on)(ctx)).rejects.toEqual(refused("forbidden"));
  expect(await stateOf(tx), "nothing has changed").toBe(before);
  const event = await lastEvent(tx);
  expect(event).toMatchObject({ operation, outcome: "refused", actorId: on.mallory.id });
  expect(event.values["fact.reason"]).toEqual(expect.any(String));
}

describe("without the operation it is refused, and that is in the log", () => {
  test.each(Object.entries(table))("%s", (name, { lacks }) =>
    rolledBack(async (tx) => isRefused(tx, await stage(tx), lacks, byName.get(name)!.operation)),
  );
});

describe("and that is the only obstacle: an administrator may", () => {
  const forOperators = ["createAdministrator"];
  test.each(Object.entries(table).filter(([name]) => !forOperators.includes(name)))("%s", (_, { lacks }) =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      await lacks(on)(await as(tx, on.ada));
      expect(await lastEvent(tx)).toMatchObject({ outcome: "succeeded", actorId: on.ada.id });
    }),
  );
});

/** What concerns no person, or makes a new one; and what R13 leaves open, since a lock is what strangers cause. */
const onNobody = [
  ...["addPreset", "createRole", "updateRole", "deleteRole", "createGroup", "updateGroup", "updateGroupRoles"],
  ...["deleteGroup", "declareOperation", "importOperations", "removeOperation", "createUser", "createAdministrator"],
  ...["createProvider", "updateProvider", "updateConnection", "recordTest", "enableProvider", "disableProvider"],
  ...["requireProvider", "releaseProvider"],
  ...[
    "deleteProvider",
    "updateSetting",
    "dismissFirstSteps",
    "dismissNotice",
    "saveTransport",
    "removeTransport",
    "sendTest",
    "retryMail",
    "unlockUser",
  ],
  // A resource gives its owner nothing here, so whose it is says nothing of who may name another.
  ...["registerResource", "updateResource", "deleteResource"],
  // A shared view is nobody's, and shows nobody more than they see anyway.
  ...["createView", "updateView", "deleteView"],
];
const onPeople: [string, Try][] = Object.entries(table)
  .filter(([name]) => !onNobody.includes(name))
  .map(([name, { lacks, another }]) => [name, another ?? lacks]);

describe("with the operation for everyone, nobody acts by it on a person who holds more (R13)", () => {
  test.each(onPeople)("%s", (name, attempt) =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const { operation } = byName.get(name)!;
      const enough = await on.role("Enough", [{ operation, scope: "all" }]);
      await tx.insert(userRoles).values({ userId: on.mallory.id, roleId: enough.id });
      const more = await on.role("More", [{ operation: "user.purge", scope: "all" }]);
      const stronger = [on.vic, on.locked, on.disabled, on.invited, on.gone].map(({ id }) => id);
      await tx.insert(userRoles).values(stronger.map((userId) => ({ userId, roleId: more.id })));
      await isRefused(tx, on, attempt, operation);
    }),
  );

  test("but on their own clients, as everybody does (C9)", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const more = await on.role("More", [{ operation: "user.purge", scope: "all" }]);
      await tx.insert(userRoles).values({ userId: on.eve.id, roleId: more.id });
      await generateClient(await as(tx, on.eve), { userId: on.eve.id, name: "own" });
    }));
});

describe("with the operation for everyone, nobody gives by it what they do not hold (R8, R14)", () => {
  const attempts = Object.entries(table).flatMap(([name, { escalates = {} }]) =>
    Object.entries(escalates).map(([how, attempt]) => ({ name, how, attempt })),
  );
  test.each(attempts)("$name $how", ({ name, attempt }) =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const { operation } = byName.get(name)!;
      const enough = await on.role("Enough", [{ operation, scope: "all" }]);
      await tx.insert(userRoles).values({ userId: on.mallory.id, roleId: enough.id });
      await isRefused(tx, on, attempt, operation);
    }),
  );
  test("counted", () => {
    expect(attempts.length).toBeGreaterThan(15);
    tell("commands tried without the operation, and beyond one's own", {
      commands: commands.length,
      escalations: attempts.length,
    });
  });
});
