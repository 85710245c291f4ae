import { and, inArray, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { lastContact } from "@/db/client-keys";
import { accessTokens, clients, clientTokens, links, serviceAccounts, sessions } from "@/db/schema";
import { tokenLastUse } from "@/db/token-keys";
import { endColumn, isLive, type Limits } from "@/lib/auth/session-limits";
import { holdsLiveKey } from "@/lib/clients/conditions";
import { openTokens } from "@/lib/clients/token";
import type { Ctx } from "@/lib/context";
import type { CredentialKind } from "@/lib/credentials/kinds";
import { sightsOf } from "@/lib/credentials/sight";
import { openLinks } from "@/lib/links/queries";
import type { OperationKey } from "@/lib/operations";
import { openSessions } from "@/lib/sessions/active-users";
import { tokensAt } from "@/lib/tokens/store";

/**
 * Where one kind of credential is kept, as parts of SQL: what is alive by that kind's own rule, within the sight of the operation that
 * reads it (R11). Each arm has indexes for both orders, so that a page of all of them is the first of each, merged.
 */
export type Arm = {
  kind: SQL;
  from: SQL;
  /** The same in place of it where the oldest come first, if what is alive is better collected than found among what is not. */
  collected?: (filters: SQL | undefined) => SQL;
  where: SQL | undefined;
  /** The one by which it is ended, of a provision token its client's. */
  id: AnyPgColumn;
  userId: SQL | AnyPgColumn;
  accountId: SQL | AnyPgColumn;
  name: SQL | AnyPgColumn;
  prefix: SQL | AnyPgColumn;
  lastFour: SQL | AnyPgColumn;
  address: SQL | AnyPgColumn;
  createdAt: SQL | AnyPgColumn;
  createdBy: SQL | AnyPgColumn;
  /** As lists sort by it: what was never used is '-infinity'. */
  lastUse: SQL | AnyPgColumn;
  expiresAt: SQL | AnyPgColumn;
};

/** What reads each kind. */
export const readers = ["token.read", "client.read", "session.read", "user.read"] as const satisfies OperationKey[];

const noId = sql`null::uuid`;
const noText = sql`null::text`;
const never = sql`'-infinity'::timestamptz`;
const noEnd = sql`null::timestamptz`;
const called = (kind: CredentialKind) => sql`${sql.raw(`'${kind}'`)}::text`;
const blank = {
  ...{ userId: noId, accountId: noId, name: noText, prefix: noText, lastFour: noText, address: noText },
  ...{ createdBy: noId, lastUse: never, expiresAt: noEnd },
};

/** `limits`: how long sessions last. */
export async function armsOf(ctx: Ctx, limits: Limits): Promise<Arm[]> {
  const now = ctx.now();
  const seen = await sightsOf(ctx, readers);
  const token = {
    ...blank,
    kind: called("access_token"),
    id: accessTokens.id,
    name: accessTokens.name,
    prefix: accessTokens.prefix,
    lastFour: accessTokens.lastFour,
    createdAt: accessTokens.createdAt,
    createdBy: accessTokens.createdBy,
    lastUse: sql.raw(tokenLastUse),
    expiresAt: accessTokens.expiresAt,
  };
  return [
    {
      ...token,
      from: sql`access_tokens`,
      where: and(tokensAt(now), sql`${accessTokens.userId} is not null`, seen["token.read"](accessTokens.userId)),
      userId: accessTokens.userId,
    },
    {
      ...token,
      from: sql`access_tokens join service_accounts on service_accounts.id = access_tokens.service_account_id`,
      where: and(
        tokensAt(now),
        sql`${accessTokens.serviceAccountId} is not null`,
        seen["token.read"](serviceAccounts.ownerId),
      ),
      accountId: accessTokens.serviceAccountId,
    },
    {
      ...blank,
      kind: called("client"),
      from: sql`clients`,
      where: and(holdsLiveKey, seen["client.read"](clients.userId)),
      id: clients.id,
      userId: clients.userId,
      name: clients.name,
      address: clients.lastAddress,
      createdAt: sql`coalesce(${clients.registeredAt}, ${clients.createdAt})`,
      lastUse: sql.raw(lastContact),
    },
    {
      ...blank,
      kind: called("provision_token"),
      from: sql`client_tokens join clients on clients.id = client_tokens.client_id`,
      // A client has either a key or an open token, so its id is in one of the two arms.
      where: and(openTokens(now), sql`clients.awaiting`, seen["client.read"](clients.userId)),
      id: clientTokens.clientId,
      userId: clients.userId,
      name: clients.name,
      prefix: clients.tokenPrefix,
      lastFour: clients.tokenLastFour,
      createdAt: clientTokens.createdAt,
      createdBy: clientTokens.createdBy,
      expiresAt: clientTokens.expiresAt,
    },
    {
      ...blank,
      kind: called("session"),
      from: sql`sessions join users on users.id = sessions.user_id`,
      // A session that nobody ends stays open in its row: the oldest live ones come after a month of these.
      collected: (filters) => {
        const alive = and(isLive(limits, now), seen["session.read"](sessions.userId), filters);
        return sql`(select * from sessions where ${alive} order by sessions.started_at, sessions.id offset 0) sessions
          join users on users.id = sessions.user_id`;
      },
      where: and(openSessions(limits, now), seen["session.read"](sessions.userId)),
      id: sessions.id,
      userId: sessions.userId,
      name: sessions.agent,
      address: sessions.address,
      createdAt: sessions.startedAt,
      lastUse: sessions.lastSeenAt,
      expiresAt: endColumn(limits),
    },
    {
      ...blank,
      kind: sql`${links.purpose}`,
      from: sql`links`,
      where: and(
        openLinks(now),
        inArray(links.purpose, ["invitation", "password_reset"]),
        seen["user.read"](links.userId),
      ),
      id: links.id,
      userId: links.userId,
      createdAt: links.createdAt,
      createdBy: links.createdBy,
      expiresAt: links.expiresAt,
    },
  ];
}
