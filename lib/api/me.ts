import type { Access } from "@/lib/authz/model";
import { holdingsOf } from "@/lib/authz/model";
import type { TokenActor } from "@/lib/authz/principal";
import type { Ctx } from "@/lib/context";

type Held = { operation: string; scopes: string[] };

/** `operations`: what can be done with the token at this moment, each with the scopes at which its owner holds it, "all" alone. */
export type Me = {
  /** Of a token of a person; null for that of a service account. */
  user: { id: string; username: string; name: string } | null;
  serviceAccount: { id: string; name: string } | null;
  token: { id: string; name: string; expiresAt: Date | null };
  operations: Held[];
};

/** Who acts by this token, and what it may do now. Asks nothing: all of it was read when the token was looked at. */
export function describeToken({ actor }: Ctx<TokenActor>): Me {
  const { id, tokenId, tokenName, tokenEndsAt, tokenOwner, access } = actor;
  return {
    user: tokenOwner,
    serviceAccount: "accountName" in actor ? { id, name: actor.accountName } : null,
    token: { id: tokenId, name: tokenName, expiresAt: tokenEndsAt },
    operations: heldBy(access),
  };
}

const known = new WeakMap<Access, Held[]>();

function heldBy(access: Access): Held[] {
  const before = known.get(access);
  if (before) return before;
  const scopes = new Map<string, Set<string>>();
  for (const { operation, scope } of holdingsOf(access))
    scopes.set(operation, (scopes.get(operation) ?? new Set()).add(scope));
  const held = [...scopes].map(([operation, at]) => ({ operation, scopes: at.has("all") ? ["all"] : [...at] }));
  known.set(access, held);
  return held;
}
