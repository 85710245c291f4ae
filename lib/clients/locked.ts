import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { clients, clientTokens, users } from "@/db/schema";
import type { Trace } from "@/lib/audit/record";
import { hasOnlyEnded, type Standing, statusAt } from "@/lib/authz/account-status";
import { within } from "@/lib/authz/relation";
import type { Owner } from "@/lib/clients/policy";
import type { Ctx } from "@/lib/context";
import { AppError, notFound } from "@/lib/errors";
import { lockRows } from "@/lib/kernel/lock";
import type { Target } from "@/lib/kernel/steps";
import { fullName } from "@/lib/normalization/names";
import { lockPerson, type UserRow } from "@/lib/people/scoped";
import { together } from "@/lib/platform/together";

export type ClientRecord = { client: typeof clients.$inferSelect; owner: Owner };
export type TokenRecord = ClientRecord & { token: typeof clientTokens.$inferSelect };

/** What the audit log keeps of a client. */
export const traceOf = ({ status }: { status: string }): Trace => ({ status });

type Person = Standing & Pick<UserRow, "firstName" | "lastName">;

export const ownerOf = (person: Person, at: Date): Owner => ({
  name: fullName(person),
  status: statusAt(person, at),
  ended: hasOnlyEnded(person, at),
});

/**
 * A client and its owner, locked in this order, as archiving does, if the actor may see them; else `not_found`,
 * like one that is not there.
 */
export async function lockClient(ctx: Ctx, tx: Tx, id: string): Promise<Target<ClientRecord>> {
  const userId = await personInSight(tx, { ctx, id });
  if (!userId) throw notFound("The client");
  const person = await lockPerson(ctx, tx, "client.read", userId);
  const [client] = await lockRows(tx, tx.select().from(clients).where(eq(clients.id, id)), "update");
  if (!client) throw notFound("The client");
  return targetOf({ client, owner: ownerOf(person, ctx.now()) });
}

/** Whose clients these are, as far as one actor may see them. */
const personInSight = together<{ ctx: Ctx; id: string }, string | null>(async (tx, wanted) => {
  const [{ ctx }] = wanted as [{ ctx: Ctx; id: string }];
  const ids = wanted.map(({ id }) => id);
  const seen = await tx
    .select({ id: clients.id, userId: clients.userId })
    .from(clients)
    .where(and(inArray(clients.id, ids), within(ctx, "client.read", clients.userId)));
  return ids.map((id) => seen.find((client) => client.id === id.toLowerCase())?.userId ?? null);
});

/** The same by a token that was ever issued: presenting it proves the client. `unauthenticated` when there is none. */
export async function lockByToken(ctx: Ctx, tx: Tx, hash: string): Promise<Target<TokenRecord>> {
  const [seen] = await tx
    .select({ id: clientTokens.id, clientId: clients.id, userId: clients.userId })
    .from(clientTokens)
    .innerJoin(clients, eq(clients.id, clientTokens.clientId))
    .where(eq(clientTokens.hash, hash));
  if (!seen) throw unknownToken();
  const known = await lockBoth(tx, seen);
  const [token] = await lockRows(tx, tx.select().from(clientTokens).where(eq(clientTokens.id, seen.id)), "update");
  if (!known || !token) throw unknownToken();
  return targetOf({ client: known.client, token, owner: ownerOf(known.person, ctx.now()) });
}

/** The same of a client that has proved itself in another way. `not_found` once it is gone. */
export async function lockProven(ctx: Ctx, tx: Tx, { id, userId }: { id: string; userId: string }) {
  const known = await lockBoth(tx, { clientId: id, userId });
  if (!known) throw notFound("The client");
  return targetOf({ client: known.client, owner: ownerOf(known.person, ctx.now()) });
}

async function lockBoth(tx: Tx, { userId, clientId }: { userId: string; clientId: string }) {
  const [person] = await lockRows(tx, tx.select().from(users).where(eq(users.id, userId)), "share");
  const [client] = await lockRows(tx, tx.select().from(clients).where(eq(clients.id, clientId)), "update");
  return person && client ? { person, client } : null;
}

export const unknownToken = () =>
  new AppError("unauthenticated", "This token is not known.", { details: { problem: "unknown-token" } });

const targetOf = <R extends ClientRecord>(record: R): Target<R> => ({
  id: record.client.id,
  person: { id: record.client.userId, name: record.owner.name },
  record,
  trace: traceOf(record.client),
});
