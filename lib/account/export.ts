import { and, count, desc, eq, isNull } from "drizzle-orm";
import {
  authenticators,
  awaitedIdentities,
  clients,
  groupMembers,
  groups,
  identities,
  identityProviders,
  passkeys,
  recoveryCodes,
  savedViews,
  sessions,
} from "@/db/schema";
import { accountOperations } from "@/lib/account/operations";
import { getAccount } from "@/lib/account/queries";
import { recordOf } from "@/lib/audit-log/export";
import { nextOwnEvents } from "@/lib/audit-log/queries";
import type { Ctx, Person } from "@/lib/context";
import { noInputSchema } from "@/lib/http/no-input";
import { command } from "@/lib/kernel/command";
import { lockOwnAccount } from "@/lib/people/own-account";

const batch = 500;

/**
 * Everything that is kept about oneself, as one JSON document in pieces: memory stays flat however long the history is.
 * No password, token, key or secret of a factor is in it. That it was taken is written down before the first piece.
 */
export async function exportOwnData(ctx: Ctx<Person>): Promise<AsyncGenerator<string>> {
  await noteOwnExport(ctx, {});
  return pieces(ctx);
}

/** The event of the export, without the data. */
export const noteOwnExport = command(accountOperations["account.export"], {
  for: "person",
  input: noInputSchema,
  target: ({ ctx, tx }) => lockOwnAccount(ctx, tx, () => null),
  change: async () => ({ value: undefined, after: null, facts: { format: "JSON" } }),
});

async function* pieces(ctx: Ctx<Person>): AsyncGenerator<string> {
  const head = {
    exportedAt: ctx.now(),
    profile: await profileOf(ctx),
    roles: rolesOf(ctx),
    groups: await groupsOf(ctx),
    clients: await clientsOf(ctx),
    sessions: await sessionsOf(ctx),
    secondFactors: await factorsOf(ctx),
    identities: await identitiesAt(ctx),
    awaitedIdentities: await awaitedAt(ctx),
    savedViews: await viewsOf(ctx),
  };
  yield `${JSON.stringify(head, null, 2).replace(/\n\}$/, "")},\n  "events": [`;
  let last: { at: string; id: string } | null = null;
  let separator = "\n    ";
  do {
    const found = await nextOwnEvents(ctx, last, batch);
    if (found.length > 0) yield separator + found.map(({ event }) => JSON.stringify(recordOf(event))).join(",\n    ");
    separator = ",\n    ";
    last = found.length === batch ? (found.at(-1)?.key ?? null) : null;
  } while (last);
  yield "\n  ]\n}\n";
}

async function profileOf(ctx: Ctx<Person>) {
  const { password: _, keeper: ____, version: __, roles: ___, ...profile } = await getAccount(ctx);
  return profile;
}

const viewsOf = (ctx: Ctx<Person>) =>
  ctx.db
    .select({ list: savedViews.list, name: savedViews.name, query: savedViews.query })
    .from(savedViews)
    .where(eq(savedViews.ownerId, ctx.actor.id))
    .orderBy(savedViews.list, savedViews.nameKey);

const rolesOf = (ctx: Ctx<Person>) =>
  ctx.actor.access.roles.map(({ name, kind, inForce, origins }) => ({
    name,
    kind,
    inForce,
    through: origins.map(({ via, groupName, endsAt }) => ({ via, group: groupName, endsAt })),
  }));

const groupsOf = (ctx: Ctx<Person>) =>
  ctx.db
    .select({ name: groups.name, endsAt: groupMembers.endsAt, broughtBy: identityProviders.name })
    .from(groupMembers)
    .innerJoin(groups, eq(groups.id, groupMembers.groupId))
    .leftJoin(identityProviders, eq(identityProviders.id, groupMembers.providerId))
    .where(eq(groupMembers.userId, ctx.actor.id))
    .orderBy(groups.nameKey);

const clientsOf = (ctx: Ctx<Person>) =>
  ctx.db
    .select({
      name: clients.name,
      status: clients.status,
      version: clients.version,
      platform: clients.platform,
      lastAddress: clients.lastAddress,
      createdAt: clients.createdAt,
      registeredAt: clients.registeredAt,
      deregisteredAt: clients.deregisteredAt,
      lastHeartbeatAt: clients.lastHeartbeatAt,
    })
    .from(clients)
    .where(eq(clients.userId, ctx.actor.id))
    .orderBy(clients.nameKey);

const sessionsOf = (ctx: Ctx<Person>) =>
  ctx.db
    .select({
      device: sessions.agent,
      provider: identityProviders.name,
      address: sessions.address,
      startedAt: sessions.startedAt,
      lastSeenAt: sessions.lastSeenAt,
      endedAt: sessions.endedAt,
      endedReason: sessions.endedReason,
    })
    .from(sessions)
    .leftJoin(identities, eq(identities.id, sessions.identityId))
    .leftJoin(identityProviders, eq(identityProviders.id, identities.providerId))
    .where(eq(sessions.userId, ctx.actor.id))
    .orderBy(desc(sessions.startedAt));

/** The identity providers that know the person, and what each sent at the last sign-in. */
const identitiesAt = (ctx: Ctx<Person>) =>
  ctx.db
    .select({
      provider: identityProviders.name,
      issuer: identities.issuer,
      subject: identities.subject,
      claims: identities.claims,
      linkedAt: identities.createdAt,
      lastSignInAt: identities.lastSignInAt,
    })
    .from(identities)
    .innerJoin(identityProviders, eq(identityProviders.id, identities.providerId))
    .where(eq(identities.userId, ctx.actor.id))
    .orderBy(identities.createdAt);

/** Links that an administrator has prepared. */
const awaitedAt = (ctx: Ctx<Person>) =>
  ctx.db
    .select({ provider: identityProviders.name, email: awaitedIdentities.email, endsAt: awaitedIdentities.endsAt })
    .from(awaitedIdentities)
    .innerJoin(identityProviders, eq(identityProviders.id, awaitedIdentities.providerId))
    .where(eq(awaitedIdentities.userId, ctx.actor.id))
    .orderBy(awaitedIdentities.createdAt);

async function factorsOf(ctx: Ctx<Person>) {
  const me = ctx.actor.id;
  const [app] = await ctx.db
    .select({ confirmedAt: authenticators.confirmedAt })
    .from(authenticators)
    .where(eq(authenticators.userId, me));
  const keys = await ctx.db
    .select({ name: passkeys.name, createdAt: passkeys.createdAt, lastUsedAt: passkeys.lastUsedAt })
    .from(passkeys)
    .where(eq(passkeys.userId, me));
  const [codes] = await ctx.db
    .select({ left: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, me), isNull(recoveryCodes.usedAt)));
  return { authenticatorApp: app ?? null, passkeys: keys, recoveryCodesLeft: codes?.left ?? 0 };
}
