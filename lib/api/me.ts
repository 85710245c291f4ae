import { eq } from "drizzle-orm";
import { accessTokens, users } from "@/db/schema";
import { holdingsOf } from "@/lib/authz/model";
import type { Ctx } from "@/lib/context";
import { fullName } from "@/lib/normalization/names";
import type { TokenActor } from "@/lib/tokens/actor";

/** `operations`: what can be done with the token at this moment, each with the scopes at which its owner holds it, "all" alone. */
export type Me = {
  user: { id: string; username: string; name: string };
  token: { id: string; name: string; expiresAt: Date | null };
  operations: { operation: string; scopes: string[] }[];
};

/** Who acts by this token, and what it may do now. */
export async function describeToken(ctx: Ctx<TokenActor>): Promise<Me> {
  const { id, tokenId, tokenName, access } = ctx.actor;
  const [row] = await ctx.db
    .select({ user: users, expiresAt: accessTokens.expiresAt })
    .from(accessTokens)
    .innerJoin(users, eq(users.id, accessTokens.userId))
    .where(eq(accessTokens.id, tokenId));
  const scopes = new Map<string, Set<string>>();
  for (const { operation, scope } of holdingsOf(access))
    scopes.set(operation, (scopes.get(operation) ?? new Set()).add(scope));
  return {
    user: { id, username: row?.user.username ?? "", name: row ? fullName(row.user) : "" },
    token: { id: tokenId, name: tokenName, expiresAt: row?.expiresAt ?? null },
    operations: [...scopes].map(([operation, held]) => ({ operation, scopes: held.has("all") ? ["all"] : [...held] })),
  };
}
