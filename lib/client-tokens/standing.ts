import { eq, sql } from "drizzle-orm";
import { keptBuilt } from "@/db/kept";
import { clients, revokedTokens, users } from "@/db/schema";
import { standingColumns } from "@/lib/authz/account-status";
import type { AccessToken } from "@/lib/client-tokens/access-token";
import { ownerOf } from "@/lib/clients/locked";
import type { Owner } from "@/lib/clients/policy";
import { stoppedBy } from "@/lib/clients/stopped";
import type { Ctx, Reads } from "@/lib/context";
import type { AppError } from "@/lib/errors";

/** A client as it is now, and whose it is, with the user name. `revoked`: which of the tokens asked about were revoked by themselves. */
export type Standing = {
  client: Pick<typeof clients.$inferSelect, "id" | "name" | "status" | "userId" | "publicKey" | "tokenEpoch">;
  owner: Owner;
  username: string;
  revoked: string[];
};

/** One indexed query. Null for an id that no client has. */
export async function findStanding(ctx: Ctx, id: string, tokenIds: string[] = []): Promise<Standing | null> {
  const [found] = await ask(ctx.db, { id, tokenIds: `{${tokenIds.join()}}` });
  if (!found) return null;
  const { client, owner, revoked } = found;
  return { client, owner: ownerOf(owner, ctx.now()), username: owner.username, revoked };
}

const ask = keptBuilt((db: Reads) =>
  db
    .select({
      client: {
        id: clients.id,
        name: clients.name,
        status: clients.status,
        userId: clients.userId,
        publicKey: clients.publicKey,
        tokenEpoch: clients.tokenEpoch,
      },
      owner: { username: users.username, firstName: users.firstName, lastName: users.lastName, ...standingColumns },
      revoked: sql<
        string[]
      >`array(select jti::text from ${revokedTokens} where jti = any(${sql.placeholder("tokenIds")}::uuid[]))`,
    })
    .from(clients)
    .innerJoin(users, eq(users.id, clients.userId))
    .where(eq(clients.id, sql.placeholder("id"))),
);

/** Whether a token of this client is still in force, but for what stops the client itself. */
export const isInForce = ({ client, revoked }: Standing, { epoch, jti }: AccessToken) =>
  !revoked.includes(jti) && client.tokenEpoch === epoch;

/** Why the client is refused at this moment, however well it proves itself; null while it is not. */
export const stopOf = ({ client, owner }: Standing): AppError | null => stoppedBy(client, owner);
