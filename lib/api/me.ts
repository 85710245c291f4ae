import { type HeldScopes, heldScopes } from "@/lib/authz/held-scopes";
import type { TokenActor } from "@/lib/authz/principal";
import type { Ctx } from "@/lib/context";

/** `operations`: what can be done with the token at this moment, each with the scopes at which its owner holds it, "all" alone. */
export type Me = {
  /** Of a token of a person; null for that of a service account. */
  user: { id: string; username: string; name: string } | null;
  serviceAccount: { id: string; name: string } | null;
  token: { id: string; name: string; expiresAt: Date | null };
  operations: HeldScopes[];
};

/** Who acts by this token, and what it may do now. Asks nothing: all of it was read when the token was looked at. */
export function describeToken({ actor }: Ctx<TokenActor>): Me {
  const { id, tokenId, tokenName, tokenEndsAt, tokenOwner, access } = actor;
  return {
    user: tokenOwner,
    serviceAccount: "accountName" in actor ? { id, name: actor.accountName } : null,
    token: { id: tokenId, name: tokenName, expiresAt: tokenEndsAt },
    operations: heldScopes(access),
  };
}
