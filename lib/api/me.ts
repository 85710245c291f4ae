import { eq, sql } from "drizzle-orm";
import { keptBuilt } from "@/db/kept";
import { accessTokens, serviceAccounts, users } from "@/db/schema";
import { holdingsOf } from "@/lib/authz/model";
import type { TokenActor } from "@/lib/authz/principal";
import type { Ctx, Reads } from "@/lib/context";
import { fullName } from "@/lib/normalization/names";

/** `operations`: what can be done with the token at this moment, each with the scopes at which its owner holds it, "all" alone. */
export type Me = {
  /** Of a token of a person; null for that of a service account. */
  user: { id: string; username: string; name: string } | null;
  serviceAccount: { id: string; name: string } | null;
  token: { id: string; name: string; expiresAt: Date | null };
  operations: { operation: string; scopes: string[] }[];
};

/** Who acts by this token, and what it may do now. */
export async function describeToken(ctx: Ctx<TokenActor>): Promise<Me> {
  const { tokenId, tokenName, access } = ctx.actor;
  const [row] = await ask(ctx.db, { tokenId });
  const scopes = new Map<string, Set<string>>();
  for (const { operation, scope } of holdingsOf(access))
    scopes.set(operation, (scopes.get(operation) ?? new Set()).add(scope));
  const { user = null, serviceAccount = null, expiresAt = null } = row ?? {};
  return {
    user: user && { id: user.id, username: user.username, name: fullName(user) },
    serviceAccount,
    token: { id: tokenId, name: tokenName, expiresAt },
    operations: [...scopes].map(([operation, held]) => ({ operation, scopes: held.has("all") ? ["all"] : [...held] })),
  };
}

const ask = keptBuilt((db: Reads) =>
  db
    .select({
      user: { id: users.id, username: users.username, firstName: users.firstName, lastName: users.lastName },
      serviceAccount: { id: serviceAccounts.id, name: serviceAccounts.name },
      expiresAt: accessTokens.expiresAt,
    })
    .from(accessTokens)
    .leftJoin(users, eq(users.id, accessTokens.userId))
    .leftJoin(serviceAccounts, eq(serviceAccounts.id, accessTokens.serviceAccountId))
    .where(eq(accessTokens.id, sql.placeholder("tokenId"))),
);
