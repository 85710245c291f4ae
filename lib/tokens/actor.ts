import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { keptBuilt } from "@/db/kept";
import { accessTokens, serviceAccounts, users } from "@/db/schema";
import { personValue } from "@/lib/audit/named";
import { countUnknownProof } from "@/lib/audit/unknown-proofs";
import { throttle } from "@/lib/auth/throttle";
import { type Standing, standingColumns, statusAt } from "@/lib/authz/account-status";
import { makerStillMay } from "@/lib/authz/authorize";
import { catalogueOf } from "@/lib/authz/catalogue";
import { limitToOperations } from "@/lib/authz/limit";
import { accessFrom, holdingColumns, holdingOf, loadAccess } from "@/lib/authz/load";
import type { Access } from "@/lib/authz/model";
import type { TokenActor } from "@/lib/authz/principal";
import { accountStatusOf } from "@/lib/authz/service-account-status";
import { accessUnder, rolesUnder } from "@/lib/authz/service-accounts";
import { type Ctx, createContext, type Reads } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { fullName } from "@/lib/normalization/names";
import { db } from "@/lib/platform/db";
import { settingColumn, settingValue } from "@/lib/platform/read-settings";
import { hashToken, isTokenText } from "@/lib/platform/token";
import { keptAccess } from "@/lib/tokens/kept-access";
import { noteUse } from "@/lib/tokens/last-use";
import { countRequest } from "@/lib/tokens/request-rate";
import { statusOf, type TokenRow } from "@/lib/tokens/store";

/**
 * The context of a caller with an access token (T1, RFC 6750): what its owner may do at this moment, as far as it carries it; of one of
 * a service account, what that may do (T6). Throws `unauthenticated` when it is unknown, revoked or expired, or its owner, maker or
 * account may no longer act; `rate_limited` after too many of these.
 */
export async function asToken(anonymous: Ctx, text: string): Promise<Ctx<TokenActor>> {
  const at = anonymous.now();
  try {
    const { found, access } = await tokenInForce(anonymous, text);
    const { id, name, expiresAt } = found.token;
    countRequest(id, settingValue("tokens.requests", found.most), at);
    noteUse({ id, at, address: anonymous.source.address, agent: anonymous.source.agent });
    const acting = {
      ...{ tokenId: id, tokenName: name, tokenEndsAt: expiresAt, tokenOwner: null, tokenMaker: makerOf(found) },
      ...{ sessionId: null, access },
      renew: async (tx: Tx, then: Date) => accessOfToken(tx, await findToken(tx, hashToken(text), then), then),
    };
    const actor: TokenActor = found.account
      ? { kind: "service_account", id: found.account.id, accountName: found.account.name, ...acting }
      : { kind: "token", id: found.token.userId ?? "", ...acting, tokenOwner: ownerShown(found.owner) };
    return createContext<TokenActor>(db(), actor, { source: anonymous.source, now: anonymous.now });
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthenticated") {
      await throttle(anonymous, "token.use");
      await countUnknownProof(anonymous, "token.use");
    }
    throw error;
  }
}

/**
 * What an access token that somebody asks about may do at this moment, and whose it is; null where it would be refused. Nothing is
 * noted or counted: it is not used.
 */
export async function inspectToken(ctx: Ctx, text: string): Promise<InspectedToken | null> {
  try {
    const { found, access } = await tokenInForce(ctx, text);
    const { id, createdAt, expiresAt } = found.token;
    return { id, createdAt, expiresAt, access, owner: ownerShown(found.owner), accountId: found.account?.id ?? null };
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthenticated") return null;
    throw error;
  }
}

async function tokenInForce({ db: from, now }: Ctx, text: string): Promise<{ found: FoundToken; access: Access }> {
  if (!isTokenText("gh_pat", text) && !isTokenText("gh_svc", text)) throw unknownToken();
  const at = now();
  const found = await findToken(from, hashToken(text), at);
  return { found, access: await accessOfToken(from as Tx, found, at) };
}

/** `owner`: of a token of a service account, who owns the account. */
export type InspectedToken = Pick<TokenRow, "id" | "createdAt" | "expiresAt"> & {
  access: Access;
  owner: { id: string; username: string; name: string } | null;
  accountId: string | null;
};

type Account = { id: string; name: string; disabledAt: Date | null; roleIds: string[] };
type Owner = Standing & { id: string; username: string; firstName: string; lastName: string };
type FoundToken = {
  token: Pick<TokenRow, keyof typeof tokenColumns>;
  most: unknown;
  /** Of a service account, its owner, who may be gone. */
  owner: Owner | null;
  /** What the owner holds. */
  holding: Parameters<typeof accessFrom>[2];
  account: Account | null;
};

/** One indexed query. */
async function findToken(from: Reads | Tx, hash: string, at: Date): Promise<FoundToken> {
  const [found] = await ask(from as Tx, { hash, at: at.toISOString() });
  if (!found) throw unknownToken();
  const { account, roleIds, ...more } = found;
  return { ...more, account: account && { ...account, roleIds } };
}

const ownerShown = (owner: Owner | null) => owner && { id: owner.id, username: owner.username, name: fullName(owner) };

/** T4: an event by a token also names who made it, where that is not its owner or the owner of its service account; the server's owner is no person. */
const makerOf = ({ token: { createdBy }, owner }: FoundToken) =>
  createdBy !== null && createdBy === owner?.id ? null : (personValue(createdBy) ?? "the server's owner");

const { id, name, disabledAt } = serviceAccounts;

const tokenColumns = {
  id: accessTokens.id,
  name: accessTokens.name,
  userId: accessTokens.userId,
  operations: accessTokens.operations,
  byOwner: accessTokens.byOwner,
  createdBy: accessTokens.createdBy,
  createdAt: accessTokens.createdAt,
  expiresAt: accessTokens.expiresAt,
  replacedAt: accessTokens.replacedAt,
  revokedAt: accessTokens.revokedAt,
};
const { username, firstName, lastName } = users;

const ask = keptBuilt((from: Tx) =>
  from
    .select({
      token: tokenColumns,
      owner: { id: users.id, username, firstName, lastName, ...standingColumns },
      holding: holdingColumns,
      account: { id, name, disabledAt },
      roleIds: sql<string[]>`coalesce((select json_agg(r.role_id) from service_account_roles r
        where r.service_account_id = ${id}), '[]')`,
      most: settingColumn("tokens.requests"),
    })
    .from(accessTokens)
    .leftJoin(serviceAccounts, eq(id, accessTokens.serviceAccountId))
    .leftJoin(users, sql`${users.id} = coalesce(${accessTokens.userId}, ${serviceAccounts.ownerId})`)
    .leftJoin(sql`lateral ${holdingOf(sql`${users.id}`, sql`${sql.placeholder("at")}`)}`, sql`true`)
    .where(eq(accessTokens.hash, sql.placeholder("hash"))),
);

async function accessOfToken(from: Tx, { token, owner, holding, account }: FoundToken, at: Date): Promise<Access> {
  const { name } = token;
  const status = statusOf(token, at);
  if (status === "revoked") throw refused("token-revoked", `The token "${name}" was revoked. Create a new one.`);
  if (status === "expired") throw refused("token-expired", `The token "${name}" has expired. Regenerate it.`);
  const ownerStatus = owner && statusAt(owner, at);
  const working = accountStatusOf(account?.disabledAt ?? null, ownerStatus);
  if (account && working !== "working")
    throw refused(`service-account-${working}`, `The service account "${account.name}" ${whyNot[working]}`);
  if (!owner || working !== "working")
    throw refused("owner-inactive", `The account of the token "${name}" is not active.`);
  const maker = { makerId: token.byOwner ? null : token.createdBy, personId: owner.id, at };
  if (!(await makerStillMay(from, maker)))
    throw refused(
      "token-outgrown",
      `The person who created the token "${name}" may no longer manage its account. Create a new one.`,
    );
  const catalogue = await catalogueOf(from, holding.version);
  const earlierId = token.byOwner && token.createdBy !== owner.id ? token.createdBy : null;
  const earlier = account && earlierId ? await loadAccess(from, earlierId, at) : null;
  const roleIds = account?.roleIds ?? null;
  return keptAccess(
    token.id,
    catalogue,
    [owner.id, holding.endsAt, holding.held, token.operations, roleIds, earlier],
    async () => {
      const owners = await accessFrom(from, owner.id, holding);
      if (!roleIds) return limitToOperations(owners, token.operations);
      const roles = rolesUnder(owners, catalogue, roleIds, earlier);
      return limitToOperations(accessUnder(owners, roles, earlier), token.operations);
    },
  );
}

const whyNot = {
  stopped: "has stopped: it no longer has an owner. Give it a new owner.",
  disabled: "is disabled. Somebody has to enable it.",
  paused: "is paused while its owner is disabled or has no access. It resumes automatically.",
} as const;

const refused = (problem: string, message: string) =>
  new AppError("unauthenticated", message, { details: { problem, oauth: "invalid_token" } });

const unknownToken = () => refused("unknown-token", "This token is not known.");
