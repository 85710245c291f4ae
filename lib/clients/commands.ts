import { and, eq } from "drizzle-orm";
import { newId } from "@/db/columns";
import { clients, clientTokens } from "@/db/schema";
import { notNow, yes } from "@/lib/authz/decision";
import { type ClientRecord, lockClient, ownerOf, traceOf } from "@/lib/clients/locked";
import { clientOperations } from "@/lib/clients/operations";
import { mayChange, mayDelete, mayDisconnect, mayIssueToken, mayRenew } from "@/lib/clients/policy";
import {
  type ClientInput,
  clientSchema,
  confirmTokenSchema,
  generateClientSchema,
  renameClientSchema,
} from "@/lib/clients/schema";
import { endClient, eraseClient, saveClient, tokensEnded } from "@/lib/clients/store";
import { type IssuedToken, keepToken, type MadeToken, makeToken } from "@/lib/clients/token";
import { invalidField, isUniqueViolation, notFound } from "@/lib/errors";
import { command } from "@/lib/kernel/command";
import type { Work } from "@/lib/kernel/steps";
import { foldName } from "@/lib/normalization/fold";
import { searchText } from "@/lib/normalization/search";
import { lockPerson } from "@/lib/people/scoped";

type Columns = Partial<typeof clients.$inferInsert>;

const pages = ({ userId }: { userId: string }) => [
  `/admin/users/${userId}/clients`,
  "/account/clients",
  "/admin/clients",
];

/** C2: the client and its first token. */
export const generateClient = command(clientOperations["client.generate"], {
  input: generateClientSchema,
  route: "POST /users/{userId}/clients",
  target: async ({ ctx, tx, now }, { userId }) => {
    const person = await lockPerson(ctx, tx, "client.read", userId);
    const owner = ownerOf(person, now);
    const id = newId();
    return { id, person: { id: person.id, name: owner.name }, record: { id, owner }, trace: null };
  },
  allowed: ({ owner }) => mayIssueToken(owner),
  change: async ({ ctx, tx, now }, { id, owner }, { userId, name }) => {
    const token = await makeToken(ctx, tx);
    const client = { id, userId, name, status: "provisioned" as const };
    await tx
      .insert(clients)
      .values({ ...client, ...named(name), createdAt: now, ...token.columns })
      .catch(wordTaken(name, owner.name));
    await keepToken(ctx, tx, id, token);
    const after = { name, ...traceOf(client) };
    return { value: { ...issued(client, token), userId }, after, facts: { client: name } };
  },
  refresh: pages,
});

const named = (name: string) => ({ name, nameKey: foldName(name), search: searchText(name) });

/** C1: a name is taken once within its user. */
const wordTaken = (name: string, owner: string) => (error: unknown) => {
  if (!isUniqueViolation(error, "clients_name")) throw error;
  throw invalidField("name", `${owner} already has a client named "${name}". Names are not case-sensitive.`);
};

const lockOne = ({ ctx, tx }: Work, { id }: ClientInput) => lockClient(ctx, tx, id);

/** C15: what it is known by, its id, its key and its tokens, stays. */
export const renameClient = command(clientOperations["client.rename"], {
  input: renameClientSchema,
  route: "PATCH /clients/{id}",
  target: async (work, input) => {
    const target = await lockOne(work, input);
    return { ...target, trace: { name: target.record.client.name } };
  },
  already: ({ client }, { name }) => (client.name === name ? { value: { userId: client.userId } } : null),
  change: async ({ tx }, { client, owner }, { name }) => {
    await saveClient(tx, client.id, named(name)).catch(wordTaken(name, owner.name));
    return { value: { userId: client.userId }, after: { name }, facts: { client: client.name } };
  },
  refresh: pages,
});

/** C15: only a deregistered one, with its tokens and the days on which it was heard of. */
export const deleteClient = command(clientOperations["client.delete"], {
  input: clientSchema,
  route: "DELETE /clients/{id}",
  target: lockOne,
  allowed: ({ client }) => mayDelete(client),
  change: async ({ tx }, { client }) => {
    await eraseClient(tx, client.id);
    return { value: { userId: client.userId }, after: {}, facts: { client: client.name } };
  },
  refresh: pages,
});

/** "I have stored it": of the token that is in force, not of an earlier one. */
export const confirmToken = command(clientOperations["client.confirm"], {
  input: confirmTokenSchema,
  route: "POST /clients/{id}/tokens/{tokenId}/confirm",
  target: async ({ ctx, tx }, { id, tokenId }) => {
    const target = await lockClient(ctx, tx, id);
    const [token] = await tx
      .select()
      .from(clientTokens)
      .where(and(eq(clientTokens.id, tokenId), eq(clientTokens.clientId, id)));
    if (!token) throw notFound("The token");
    const trace = { tokenStored: target.record.client.tokenConfirmedAt !== null };
    return { ...target, record: { ...target.record, token }, trace };
  },
  already: ({ client, token }) =>
    client.tokenConfirmedAt && !token.revokedAt ? { value: { userId: client.userId } } : null,
  allowed: ({ token, client }) =>
    token.revokedAt
      ? notNow(`This token of ${client.name} is no longer valid: it was replaced, or the client was deregistered.`)
      : yes,
  change: async ({ tx, now }, { client }) => {
    await saveClient(tx, client.id, { tokenConfirmedAt: now });
    return { value: { userId: client.userId }, after: { tokenStored: true }, facts: { client: client.name } };
  },
  refresh: pages,
});

/** C5, for one client. */
export const deregisterClient = command(clientOperations["client.deregister"], {
  input: clientSchema,
  route: "POST /clients/{id}/deregister",
  target: lockOne,
  allowed: ({ client, owner }) => mayChange("deregister", client, owner),
  change: async ({ ctx, tx }, { client }) => {
    await endClient(ctx, tx, client.id);
    return {
      value: { userId: client.userId },
      after: traceOf({ status: "deregistered" }),
      facts: { client: client.name },
    };
  },
  refresh: pages,
});

/** C13: its tokens end now. Its key stays, so it may sign in again; what stops it is "Deregister". */
export const disconnectClient = command(clientOperations["client.disconnect"], {
  input: clientSchema,
  route: "POST /clients/{id}/disconnect",
  target: lockOne,
  allowed: ({ client }) => mayDisconnect(client),
  change: async ({ tx, now }, { client }) => {
    await saveClient(tx, client.id, { ...tokensEnded, disconnectedAt: now });
    return { value: { userId: client.userId }, after: null, facts: { client: client.name } };
  },
  refresh: (value) => [...pages(value), "/admin/sessions/clients"],
});

/** C6: registered at once; the connection waits for the new token to be used. */
export const reregisterClient = command(clientOperations["client.reregister"], {
  input: clientSchema,
  route: "POST /clients/{id}/reregister",
  target: lockOne,
  allowed: ({ client, owner }) => mayChange("reregister", client, owner),
  change: (work, { client }) => replaceToken(work, client, { status: "registered", deregisteredAt: null }),
  refresh: pages,
});

/** C7: the old credential stops working at once; provisioned until the new token is used. */
export const reprovisionClient = command(clientOperations["client.reprovision"], {
  input: clientSchema,
  route: "POST /clients/{id}/reprovision",
  target: lockOne,
  allowed: ({ client, owner }) => mayChange("reprovision", client, owner),
  change: (work, { client }) => replaceToken(work, client, { status: "provisioned" }),
  refresh: pages,
});

/** C9: a token that was lost before it was used. What the client is, it stays. */
export const renewToken = command(clientOperations["client.renew"], {
  input: clientSchema,
  route: "POST /clients/{id}/renew",
  target: lockOne,
  allowed: ({ client, owner }) => mayRenew(client, owner),
  change: (work, { client }) => replaceToken(work, client, { status: client.status }),
  refresh: pages,
});

async function replaceToken({ ctx, tx }: Work, client: ClientRecord["client"], columns: Columns & { status: string }) {
  const token = await makeToken(ctx, tx);
  const noCredential = { publicKey: null, keyThumbprint: null, ...tokensEnded };
  await saveClient(tx, client.id, { ...columns, ...token.columns, ...noCredential });
  await keepToken(ctx, tx, client.id, token);
  return {
    value: { ...issued(client, token), userId: client.userId },
    after: traceOf(columns),
    facts: { client: client.name },
  };
}

const issued = (client: { id: string; name: string }, token: MadeToken): IssuedToken => ({
  clientId: client.id,
  tokenId: token.id,
  name: client.name,
  token: token.text,
  issuedAt: token.issuedAt,
  expiresAt: token.expiresAt,
});
