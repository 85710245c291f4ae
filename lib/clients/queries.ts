import { and, eq, inArray, sql } from "drizzle-orm";
import type { ClientStatus, Connection } from "@/db/enums";
import { clients } from "@/db/schema";
import { authorizeAll } from "@/lib/authz/authorize";
import type { Decision } from "@/lib/authz/decision";
import { within } from "@/lib/authz/relation";
import { connectionAt } from "@/lib/clients/connection";
import { clientList } from "@/lib/clients/filters";
import { ownerOf } from "@/lib/clients/locked";
import { outdatedColumn } from "@/lib/clients/newest-version";
import { mayIssueToken, type Owner, pausedBy } from "@/lib/clients/policy";
import type { Ctx } from "@/lib/context";
import { pageSize } from "@/lib/lists/page-size";
import type { Cursors, Page } from "@/lib/lists/pagination";
import type { Params } from "@/lib/lists/search-params";
import { byName, serveByKey } from "@/lib/lists/serve-by-key";
import { isId } from "@/lib/normalization/id";
import { findPerson } from "@/lib/people/scoped";

export type ClientOwner = Owner & { id: string };

/** One client as a list shows it. Neither its token nor its key. */
export type ClientRow = {
  id: string;
  name: string;
  status: ClientStatus;
  connection: Connection;
  awaiting: boolean;
  lastHeartbeatAt: Date | null;
  tokenPrefix: string;
  tokenLastFour: string;
  tokenExpiresAt: Date;
  tokenConfirmed: boolean;
  tokenReusedAt: Date | null;
  copiedAt: Date | null;
  version: string | null;
  /** Older than the setting "Newest client version". */
  outdated: boolean;
  platform: string | null;
};

/** What a waiting page asks for again and again. */
export type ClientState = Pick<ClientRow, "id" | "status" | "awaiting" | "tokenLastFour"> & { reused: boolean };

/** What the viewer may do with this person's clients. A `forbidden` one is not offered; a `precondition` is off, with its reason. */
export type ClientAbilities = Record<
  "generate" | "confirm" | "deregister" | "reregister" | "renew" | "reprovision" | "rename" | "delete",
  Decision
>;

/** Everything that a page of one person's clients shows. */
export type ClientList = {
  owner: ClientOwner;
  abilities: ClientAbilities;
  page: Page<ClientRow>;
  /** False when the address named a place in another list. */
  fits: boolean;
  /** What of the address was not understood. */
  ignored: string[];
};

const shown = {
  id: clients.id,
  name: clients.name,
  status: clients.status,
  awaiting: clients.awaiting,
  lastHeartbeatAt: clients.lastHeartbeatAt,
  tokenPrefix: clients.tokenPrefix,
  tokenLastFour: clients.tokenLastFour,
  tokenExpiresAt: clients.tokenExpiresAt,
  tokenConfirmedAt: clients.tokenConfirmedAt,
  tokenReusedAt: clients.tokenReusedAt,
  disconnectedAt: clients.disconnectedAt,
  copiedAt: clients.copiedAt,
  version: clients.version,
  platform: clients.platform,
};

/** The person whose clients these are, if the viewer may see them. */
export async function findClientOwner(ctx: Ctx, userId: string): Promise<ClientOwner | null> {
  const person = await findPerson(ctx, "client.read", userId);
  return person ? { id: person.id, ...ownerOf(person, ctx.now()) } : null;
}

export async function clientAbilities(ctx: Ctx, owner: ClientOwner): Promise<ClientAbilities> {
  const may = await authorizeAll(
    ctx,
    ctx.db,
    [
      "client.generate",
      "client.confirm",
      "client.deregister",
      "client.reregister",
      "client.renew",
      "client.reprovision",
      "client.rename",
      "client.delete",
    ],
    { person: owner },
  );
  const issue = mayIssueToken(owner);
  const both = (decision: Decision) => (decision.ok ? issue : decision);
  return {
    generate: both(may["client.generate"]),
    confirm: may["client.confirm"],
    deregister: may["client.deregister"],
    reregister: both(may["client.reregister"]),
    renew: both(may["client.renew"]),
    reprovision: both(may["client.reprovision"]),
    rename: may["client.rename"],
    delete: may["client.delete"],
  };
}

/** One person's clients at the place that the address names, or null outside the viewer's sight. */
export async function openClientList(ctx: Ctx, userId: string, params: Params): Promise<ClientList | null> {
  const owner = await findClientOwner(ctx, userId);
  if (!owner) return null;
  const { filters, fits, ignored } = servedClients.ask(params, owner);
  const [abilities, page] = await Promise.all([clientAbilities(ctx, owner), servedClients.page(ctx, filters, owner)]);
  return { owner, abilities, page, fits, ignored };
}

/** One person's clients by name, as far as the actor may see them. */
export const servedClients = serveByKey(clientList, {
  about: ({ id }: ClientOwner) => id,
  from: sql`clients`,
  id: clients.id,
  within: (ctx, owner) => and(eq(clients.userId, owner.id), within(ctx, "client.read", clients.userId)),
  search: null,
  filters: {},
  sorts: { ...byName(sql`${clients.nameKey} collate "und-x-icu"`), type: "text" },
  choices: {},
  find: async (ctx, { where, order, limit, key }) =>
    ctx.db
      .select({ ...shown, outdated: await outdatedColumn(ctx), key })
      .from(clients)
      .where(where)
      .orderBy(order)
      .limit(limit),
  rows: (ctx, found, owner) => found.map(({ key: _, ...row }) => rowOf(row, owner, ctx.now())),
});

/** A page of one person's clients by name. Throws `invalid` for a cursor of another list. */
export const listClients = (ctx: Ctx, owner: ClientOwner, asked: Cursors = {}): Promise<Page<ClientRow>> =>
  servedClients.page(ctx, asked, owner);

type Stored = Omit<ClientRow, "connection" | "tokenConfirmed"> & {
  tokenConfirmedAt: Date | null;
  disconnectedAt: Date | null;
};

function rowOf({ tokenConfirmedAt, disconnectedAt, ...client }: Stored, owner: Owner, now: Date): ClientRow {
  const connection = connectionAt({ ...client, disconnectedAt, paused: pausedBy(owner) !== null }, now);
  return { ...client, connection, tokenConfirmed: tokenConfirmedAt !== null };
}

/** The present state of these clients, as far as the viewer may see them. */
export async function listClientStates(ctx: Ctx, ids: string[]): Promise<ClientState[]> {
  const known = ids.filter(isId).slice(0, pageSize * 2);
  if (known.length === 0) return [];
  const rows = await ctx.db
    .select(shown)
    .from(clients)
    .where(and(inArray(clients.id, known), within(ctx, "client.read", clients.userId)));
  return rows.map(stateOf);
}

export const stateOf = ({
  id,
  status,
  awaiting,
  tokenLastFour,
  tokenReusedAt,
}: Pick<ClientRow, "id" | "status" | "awaiting" | "tokenLastFour" | "tokenReusedAt">): ClientState => ({
  id,
  status,
  awaiting,
  tokenLastFour,
  reused: tokenReusedAt !== null,
});
