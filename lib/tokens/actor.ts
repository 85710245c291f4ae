import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { kept } from "@/db/kept";
import { accessTokens, users } from "@/db/schema";
import { countUnknownProof } from "@/lib/audit/unknown-proofs";
import { throttle } from "@/lib/auth/throttle";
import { standingColumns, statusAt } from "@/lib/authz/account-status";
import { makerStillMay } from "@/lib/authz/authorize";
import { limitToOperations } from "@/lib/authz/limit";
import { loadAccess } from "@/lib/authz/load";
import type { Access } from "@/lib/authz/model";
import type { Actor } from "@/lib/authz/principal";
import { type Ctx, createContext, type Reads } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { db } from "@/lib/platform/db";
import { settingColumn, settingValue } from "@/lib/platform/read-settings";
import { hashToken, isTokenText } from "@/lib/platform/token-text";
import { noteUse } from "@/lib/tokens/last-use";
import { countRequest } from "@/lib/tokens/request-rate";
import { statusOf, type TokenRow } from "@/lib/tokens/store";

export type TokenActor = Extract<Actor, { kind: "token" }>;

/**
 * The context of whoever brings an access token (T1, RFC 6750): what its owner may do at this moment, as far as it carries it. Throws
 * `unauthenticated` when it is unknown, revoked or expired, or its owner or maker may no longer act; `rate_limited` after too many of these.
 */
export async function asToken(anonymous: Ctx, text: string): Promise<Ctx<TokenActor>> {
  const at = anonymous.now();
  try {
    if (!isTokenText("gh_pat", text)) throw unknownToken();
    const found = await findToken(anonymous.db, hashToken(text));
    const access = await accessOfToken(anonymous.db as Tx, found, at);
    const { id, userId, name } = found.token;
    countRequest(id, settingValue("tokens.requests", found.most), at);
    noteUse({ id, at, address: anonymous.source.address, agent: anonymous.source.agent });
    const actor: TokenActor = {
      kind: "token",
      id: userId,
      tokenId: id,
      tokenName: name,
      sessionId: null,
      access,
      renew: async (tx, then) => accessOfToken(tx, await findToken(tx, hashToken(text)), then),
    };
    return createContext<TokenActor>(db(), actor, { source: anonymous.source, now: anonymous.now });
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthenticated") {
      await throttle(anonymous, "token.use");
      await countUnknownProof(anonymous, "token.use");
    }
    throw error;
  }
}

type FoundToken = {
  token: TokenRow;
  most: unknown;
  owner: Parameters<typeof statusAt>[0] & { firstName: string; lastName: string };
};

async function findToken(from: Reads | Tx, hash: string): Promise<FoundToken> {
  const owner = { ...standingColumns, firstName: users.firstName, lastName: users.lastName };
  const [found] = await kept(
    (from as Tx)
      .select({ token: accessTokens, owner, most: settingColumn("tokens.requests") })
      .from(accessTokens)
      .innerJoin(users, eq(users.id, accessTokens.userId))
      .where(eq(accessTokens.hash, hash)),
  );
  if (!found) throw unknownToken();
  return found;
}

async function accessOfToken(from: Tx, { token, owner }: FoundToken, at: Date): Promise<Access> {
  const { name } = token;
  const status = statusOf(token, at);
  if (status === "revoked") throw refused("token-revoked", `The token "${name}" was revoked. Make a new one.`);
  if (status === "expired") throw refused("token-expired", `The token "${name}" has expired. Regenerate it.`);
  if (!["active", "locked"].includes(statusAt(owner, at)))
    throw refused("owner-inactive", `The account of the token "${name}" is not active.`);
  const maker = { makerId: token.createdBy, personId: token.userId, at };
  if (!(await makerStillMay(from, maker)))
    throw refused(
      "token-outgrown",
      `Whoever made the token "${name}" may no longer act for its account. Make a new one.`,
    );
  return limitToOperations(await loadAccess(from, token.userId, at), token.operations);
}

const refused = (problem: string, message: string) =>
  new AppError("unauthenticated", message, { details: { problem } });

const unknownToken = () => refused("unknown-token", "This token is not known.");
