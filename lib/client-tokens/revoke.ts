import { revokedTokens } from "@/db/schema";
import { clientActor } from "@/lib/authz/principal";
import type { AccessToken } from "@/lib/client-tokens/access-token";
import type { Credential } from "@/lib/client-tokens/bearer";
import { ownToken } from "@/lib/client-tokens/introspect";
import { isInForce } from "@/lib/client-tokens/standing";
import { lockProven } from "@/lib/clients/locked";
import { clientOperations } from "@/lib/clients/operations";
import type { Ctx } from "@/lib/context";
import type { Form } from "@/lib/http/form-body";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";

/** RFC 7009: ends one access token of the client that asks. Any other text is answered like one that has ended. */
export async function revoke(ctx: Ctx, credential: Credential | null, form: Form): Promise<void> {
  const { caller, token } = await ownToken(ctx, credential, form);
  if (!token || !isInForce(caller, token)) return;
  const { id, userId } = caller.client;
  await revokeToken({ ...ctx, actor: clientActor(id) }, { client: { id, userId }, token });
}

type Revoked = { client: { id: string; userId: string }; token: AccessToken };

export const revokeToken = command(clientOperations["client.revoke"], {
  input: internalInput<Revoked>(),
  target: ({ ctx, tx }, { client }) => lockProven(ctx, tx, client),
  change: async ({ tx }, { client }, { token }) => {
    const endsAt = new Date(token.endsAt * 1000);
    await tx.insert(revokedTokens).values({ jti: token.jti, endsAt }).onConflictDoNothing();
    return { value: undefined, after: null, facts: { client: client.name } };
  },
});
