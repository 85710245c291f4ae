import { and, eq, ne, type SQL, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { clients } from "@/db/schema";
import { revokeTokens } from "@/lib/clients/token";
import type { Ctx } from "@/lib/context";

type Columns = Omit<PgUpdateSetSource<typeof clients>, "id" | "revision">;

/** Every access token of the client ends now. */
export const tokensEnded = { tokenEpoch: sql`${clients.tokenEpoch} + 1` };

/** The one writer of stored clients: whatever changes a client raises its revision. Returns those that were changed. */
const save = (tx: Tx, which: SQL | undefined, columns: Columns) =>
  tx
    .update(clients)
    .set({ ...columns, revision: sql`${clients.revision} + 1` })
    .where(which)
    .returning({ id: clients.id, name: clients.name });

export async function saveClient(tx: Tx, id: string, columns: Columns): Promise<void> {
  await save(tx, eq(clients.id, id), columns);
}

const ended = (ctx: Ctx) => ({
  status: "deregistered" as const,
  deregisteredAt: ctx.now(),
  awaiting: false,
  ...tokensEnded,
});

/** C5: the credential and every token end now. The key is kept, so that the answer can say why the client is refused. */
export async function endClient(ctx: Ctx, tx: Tx, id: string): Promise<void> {
  await saveClient(tx, id, ended(ctx));
  await revokeTokens(ctx, tx, [id]);
}

/** Whatever hangs on it goes with it: tokens, days on which it was heard of. */
export async function eraseClient(tx: Tx, id: string): Promise<void> {
  await tx.delete(clients).where(eq(clients.id, id));
}

/**
 * Inside the archiving of a person: deregisters every client of theirs, and returns the names (U12, C10).
 * The caller has locked the person, so no new client can slip in.
 */
export async function endClients(ctx: Ctx, tx: Tx, userId: string): Promise<string[]> {
  const left = await save(tx, and(eq(clients.userId, userId), ne(clients.status, "deregistered")), ended(ctx));
  await revokeTokens(
    ctx,
    tx,
    left.map(({ id }) => id),
  );
  return left.map(({ name }) => name).sort();
}
