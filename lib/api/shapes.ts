import { z } from "zod";
import { clientStatuses, outcomes, roleKinds, scopes } from "@/db/enums";
import { accountStatuses } from "@/lib/authz/service-account-status";

/** What is answered, as JSON: the API returns what is declared here, and nothing else. */

export const id = z.string().meta({ format: "uuid" });
export const moment = z.string().meta({ format: "date-time" });
export const text = z.string();
export const count = z.number().int();

export const named = z.object({ id, name: text });
/** Somebody who may be out of sight: then without an id, and `name` says so (R11). */
const somebody = z.object({ id: id.nullable(), name: text.nullable() });
const until = z.object({ id, name: text, endsAt: moment.nullable() });
const held = z.object({ operation: text, scope: z.enum(scopes) });

export const totalShape = z.object({
  value: count,
  exact: z.boolean().meta({ description: "False if the count stopped early." }),
});

export const pageShape = (item: z.ZodType) =>
  z.object({
    items: z.array(item),
    next: text.nullable().meta({ description: "Pass it as `after` for the next page; null on the last page." }),
    total: totalShape,
  });

const status = z.enum(["active", "invited", "disabled", "locked", "archived"]);

const userFields = {
  id,
  username: text,
  email: text,
  name: text,
  status,
  configuration: text,
  lastSignInAt: moment.nullable(),
  createdAt: moment,
};

export const listedUserShape = z.object({
  ...userFields,
  roles: z.array(z.object({ id, name: text, kind: z.enum(roleKinds), groups: z.array(text) })),
  groups: z.object({ names: z.array(text), count }),
  clients: z.object({ registered: count, total: count }),
});

export const userShape = z.object({
  ...userFields,
  firstName: text,
  lastName: text,
  primaryRole: named,
  additionalRoles: z.array(until),
  groups: z.array(until),
  manager: somebody.nullable(),
  accessEndsAt: moment.nullable(),
  disabledReason: text.nullable(),
  disabledUntil: moment.nullable(),
  lockedSince: moment.nullable(),
  lockedUntil: moment.nullable(),
  archivedAt: moment.nullable(),
  mustChangePassword: z.boolean(),
  version: count,
});

const groupFields = { id, name: text, description: text, owner: somebody.nullable(), roles: z.array(until) };

export const listedGroupShape = z.object({ ...groupFields, members: totalShape, createdAt: moment });
export const groupShape = listedGroupShape.extend({ version: count });

export const memberShape = z.object({ id, name: text, username: text, email: text, status, endsAt: moment.nullable() });

export const resourceShape = z.object({
  id,
  type: text,
  externalId: text,
  name: text,
  url: text.nullable(),
  owner: somebody.nullable(),
  createdAt: moment,
  updatedAt: moment,
  version: count,
});

const roleFields = {
  id,
  name: text,
  description: text,
  kind: z.enum(roleKinds),
  rank: count.nullable(),
  builtIn: z.boolean(),
  people: totalShape.nullable().meta({ description: "The number of users you can see for whom it is in force." }),
};

export const listedRoleShape = z.object({ ...roleFields, operationCount: count, groupCount: count });
export const roleShape = z.object({
  ...roleFields,
  operations: z.array(held),
  combinesWith: z.array(id),
  version: count,
});

const clientFields = {
  id,
  name: text,
  status: z.enum(clientStatuses),
  connection: text,
  lastHeartbeatAt: moment.nullable(),
  version: text.nullable(),
  outdated: z.boolean().meta({ description: 'Older than the setting "Newest client version".' }),
  platform: text.nullable(),
  tokenReusedAt: moment
    .nullable()
    .meta({ description: "Its token was used a second time: somebody else may have it." }),
  copiedAt: moment.nullable().meta({ description: "It was noticed that it runs in two places." }),
};

export const listedClientShape = z.object({
  ...clientFields,
  tokenPrefix: text,
  tokenLastFour: text,
  tokenExpiresAt: moment,
  tokenConfirmed: z.boolean(),
});

/** Its `version` is that of the program. */
export const clientShape = listedClientShape.extend({ user: named });

/** One of everybody's: with its user, and without its token. */
export const anyClientShape = z.object({ ...clientFields, user: z.object({ id, name: text, username: text }) });

export const tokenShape = z.object({
  id,
  name: text,
  prefix: text,
  lastFour: text,
  status: text,
  operations: z.array(text),
  expiresAt: moment.nullable(),
  revokedAt: moment.nullable(),
  createdAt: moment,
  maker: text.nullable(),
  outgrown: z.boolean().meta({ description: "Refused: the person who created it may no longer manage its owner." }),
  lastUsedAt: moment.nullable(),
  lastUsedAddress: text.nullable(),
  lastUsedAgent: text.nullable(),
});

const accountFields = {
  id,
  name: text,
  owner: somebody.nullable(),
  status: z.enum(accountStatuses),
  reason: text.nullable().meta({ description: "Why it does not work; null if it does." }),
  tokens: count.meta({ description: "How many of its tokens work." }),
  createdAt: moment,
};

export const listedAccountShape = z.object({ ...accountFields, roles: z.array(named), lastUsedAt: moment.nullable() });
export const serviceAccountShape = z.object({
  ...accountFields,
  roles: z.array(
    named.extend({ reason: text.nullable().meta({ description: "What it carries but does not give, and why." }) }),
  ),
  version: count,
});

export const sessionShape = z.object({
  id,
  user: z.object({ id, name: text, username: text }),
  address: text,
  agent: text,
  provider: text.nullable(),
  startedAt: moment,
  lastSeenAt: moment,
});

export const appOperationShape = z.object({ key: text, sentence: text, createdAt: moment, roles: z.array(named) });

export const settingShape = z.object({
  key: text,
  group: text,
  label: text,
  sentence: text,
  unit: text.nullable().meta({ description: "The unit of a number." }),
  value: text,
  isDefault: z.boolean(),
  choices: z.array(z.object({ value: text, label: text })).nullable(),
  minimum: count.nullable(),
  maximum: count.nullable(),
  changed: z
    .object({ at: moment, by: named.nullable() })
    .nullable()
    .meta({ description: "`by` is null for Gatehouse itself and for people you cannot see." }),
});

export const providerShape = z.object({
  id,
  slug: text,
  name: text,
  preset: text,
  state: text,
  issuer: text,
  onlyWayIn: z.boolean(),
  secretExpiresAt: moment.nullable(),
  people: count.meta({ description: "How many users are linked to it." }),
  lastSignInAt: moment.nullable(),
});

/** Fields by name, as in the audit log. */
export const changesShape = z.record(z.string(), z.object({ before: z.unknown(), after: z.unknown() }));

export const eventShape = z.object({
  id,
  at: moment,
  operation: text,
  outcome: z.enum(outcomes),
  actor: somebody.extend({
    kind: text,
    token: text.nullable(),
    tokenMaker: text
      .nullable()
      .meta({ description: "Who created the token, if not its owner or the owner of its service account." }),
  }),
  user: somebody.nullable(),
  target: z.object({ kind: text, id: id.nullable(), name: text.nullable() }),
  changes: changesShape,
  facts: z.record(z.string(), z.unknown()),
  address: text.nullable(),
  agent: text.nullable(),
  requestId: text.nullable(),
  erased: z.boolean(),
});

export const meShape = z.object({
  user: z
    .object({ id, username: text, name: text })
    .nullable()
    .meta({ description: "Whose token it is; null for that of a service account." }),
  serviceAccount: named.nullable(),
  token: z.object({ id, name: text, expiresAt: moment.nullable() }),
  operations: z.array(z.object({ operation: text, scopes: z.array(text) })),
});

export const idShape = z.object({ id });
export const versionShape = z.object({ id, version: count });
export const registeredShape = versionShape.extend({
  created: z.boolean().meta({ description: "False if it was already registered." }),
});
export const ownerShape = z.object({ userId: id });
export const keyShape = z.object({ key: text });
export const tokenHolderShape = z.object({ userId: id.nullable(), serviceAccountId: id.nullable() });
export const namesShape = z.object({ name: text, group: text });

/** What is shown once; a replay has null in its place. */
export const secret = text.nullable().meta({ description: "Shown once; null in a replay." });
export const createdUserShape = z.object({
  id,
  password: secret,
  link: secret,
  linkExpiresAt: moment.nullable(),
  mailed: z.boolean(),
});
export const invitationShape = z.object({ id, link: secret, linkExpiresAt: moment.nullable(), mailed: z.boolean() });
const issuedWhen = { issuedAt: moment, expiresAt: moment };
export const issuedTokenShape = z.object({ clientId: id, tokenId: id, name: text, token: secret, ...issuedWhen });

const endedFields = { at: moment, sessions: count, clients: count, tokens: z.array(text), links: count };
export const disabledShape = z.object({ id, until: moment.nullable(), ...endedFields });
export const archivedShape = z.object({ id, objects: count, reports: count, ...endedFields });
export const restoredShape = z.object({ id, handedBack: z.array(text) });
export const endedSessionsShape = z.object({ userId: id, ended: count });
export const deletedAccountShape = z.object({ id, name: text, tokens: z.array(text) });
export const deletedGroupShape = z.object({ name: text, members: count });
