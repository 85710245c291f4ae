import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { clients, clientTokens } from "@/db/schema";
import { type ClientRecord, lockClient, ownerOf, traceOf } from "@/lib/clients/locked";
import { type ClientVerb, mayChange, mayIssueToken, type Owner } from "@/lib/clients/policy";
import type { ClientInput, ConfirmToken, GenerateClient } from "@/lib/clients/schema";
import { endClient, saveClient } from "@/lib/clients/store";
import { type IssuedToken, keepToken, type MadeToken, makeToken } from "@/lib/clients/token";
import type { Ctx } from "@/lib/context";
import { invalidField, isUniqueViolation, notFound } from "@/lib/errors";
import { mutate, type Target } from "@/lib/mutate";
import { foldName } from "@/lib/normalization/fold";
import { searchText } from "@/lib/normalization/search";
import { lockPerson } from "@/lib/users/scoped";
import { notNow, yes } from "@/lib/verdict";

type Columns = Partial<typeof clients.$inferInsert>;

/** C2: the client and its first token. */
export function generateClient(ctx: Ctx, input: GenerateClient): Promise<IssuedToken & { userId: string }> {
  const id = newId();
  return mutate(ctx, "client.generate", {
    target: async (tx: Tx): Promise<Target<Owner>> => {
      const person = await lockPerson(ctx, tx, "client.read", input.userId);
      const owner = ownerOf(person, ctx.now());
      return { id, person: { id: person.id, name: owner.name }, record: owner, trace: null };
    },
    rule: mayIssueToken,
    change: async (tx, owner) => {
      const token = await makeToken(ctx, tx);
      const client = { id, userId: input.userId, name: input.name, status: "provisioned" as const };
      await tx
        .insert(clients)
        .values({
          ...client,
          nameKey: foldName(input.name),
          search: searchText(input.name),
          createdAt: ctx.now(),
          ...token.columns,
        })
        .catch((error) => {
          throw isUniqueViolation(error, "clients_name") ? nameTaken(input.name, owner.name) : error;
        });
      await keepToken(ctx, tx, id, token);
      const after = { name: client.name, ...traceOf(client) };
      return { value: { ...issued(client, token), userId: input.userId }, after, facts: { client: client.name } };
    },
  });
}

const nameTaken = (name: string, owner: string) =>
  invalidField("name", `${owner} already has a client named "${name}". Names ignore upper and lower case.`);

/** "I have stored it": of the token that is in force, not of an earlier one. */
export function confirmToken(ctx: Ctx, input: ConfirmToken): Promise<{ userId: string }> {
  return mutate(ctx, "client.confirm", {
    target: async (tx) => {
      const target = await lockClient(ctx, tx, input.id);
      const [token] = await tx
        .select()
        .from(clientTokens)
        .where(and(eq(clientTokens.id, input.tokenId), eq(clientTokens.clientId, input.id)));
      if (!token) throw notFound("The token");
      const trace = { tokenStored: target.record.client.tokenConfirmedAt !== null };
      return { ...target, record: { ...target.record, token }, trace };
    },
    rule: ({ token, client }) =>
      token.revokedAt
        ? notNow(`This token of ${client.name} is no longer in force: it was replaced, or the client was deregistered.`)
        : yes,
    change: async (tx, { client }) => {
      if (!client.tokenConfirmedAt) await saveClient(tx, client.id, { tokenConfirmedAt: ctx.now() });
      return { value: { userId: client.userId }, after: { tokenStored: true }, facts: { client: client.name } };
    },
    id: input.id,
  });
}

/** C5, for one client. */
export function deregisterClient(ctx: Ctx, input: ClientInput): Promise<{ userId: string }> {
  return mutate(ctx, "client.deregister", {
    ...onClient(ctx, "deregister", input),
    change: async (tx, { client }) => {
      await endClient(ctx, tx, client.id);
      return {
        value: { userId: client.userId },
        after: traceOf({ status: "deregistered" }),
        facts: { client: client.name },
      };
    },
  });
}

/** C6: registered at once; the connection waits for the new token to be used. */
export function reregisterClient(ctx: Ctx, input: ClientInput): Promise<IssuedToken & { userId: string }> {
  return mutate(ctx, "client.reregister", {
    ...onClient(ctx, "reregister", input),
    change: (tx, { client }) => renew(ctx, tx, client, { status: "registered", deregisteredAt: null }),
  });
}

/** C7: the old credential is dead at once; provisioned until the new token is used. */
export function reprovisionClient(ctx: Ctx, input: ClientInput): Promise<IssuedToken & { userId: string }> {
  return mutate(ctx, "client.reprovision", {
    ...onClient(ctx, "reprovision", input),
    change: (tx, { client }) => renew(ctx, tx, client, { status: "provisioned" }),
  });
}

function onClient(ctx: Ctx, verb: ClientVerb, input: ClientInput) {
  return {
    target: (tx: Tx) => lockClient(ctx, tx, input.id),
    rule: ({ client, owner }: ClientRecord) => mayChange(verb, client, owner),
    id: input.id,
  };
}

async function renew(ctx: Ctx, tx: Tx, client: ClientRecord["client"], columns: Columns & { status: string }) {
  const token = await makeToken(ctx, tx);
  const noCredential = { publicKey: null, keyThumbprint: null };
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
