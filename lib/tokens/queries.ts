import { and, eq, inArray, sql } from "drizzle-orm";
import { accessTokens, appOperations } from "@/db/schema";
import { authorizeAll, outgrownOf } from "@/lib/authz/authorize";
import type { Decision } from "@/lib/authz/decision";
import { asksForProof, fitsOnToken } from "@/lib/authz/limit";
import { loadAccess } from "@/lib/authz/load";
import type { Access } from "@/lib/authz/model";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import type { Page } from "@/lib/lists/pagination";
import type { Params } from "@/lib/lists/search-params";
import { byName, serveByKey } from "@/lib/lists/serve-by-key";
import { mailWorks } from "@/lib/mail/transport";
import { fullName } from "@/lib/normalization/names";
import { isOperation, operationKeys, operationOf } from "@/lib/operations";
import { findPerson, namesInSight } from "@/lib/people/scoped";
import { accountsWithin } from "@/lib/people/service-accounts";
import { tokenList } from "@/lib/tokens/filters";
import { statusOf, type TokenRow, type TokenStatus } from "@/lib/tokens/store";
import { openedByAccess } from "@/lib/tokens/wanted";

/** Whose tokens a page shows: a person's, or a service account's. */
export type TokenHolder = { id: string; name: string; account: boolean };

/** The same with the owner, who may be out of the viewer's sight (R11): what the list is decided by. */
type OwnedHolder = TokenHolder & { ownerId: string | null };

/** One token as a list shows it. Never its text, which nobody can read again. */
export type ListedToken = {
  id: string;
  name: string;
  prefix: string;
  lastFour: string;
  status: TokenStatus;
  operations: string[];
  /** It carries something that asks for a new proof, and so expires within 90 days. */
  proof: boolean;
  expiresAt: Date | null;
  revokedAt: Date | null;
  createdAt: Date;
  /** Who made it, where that is not its owner: by name where the viewer may see them. */
  maker: string | null;
  /** Refused, because the person who made it may no longer act on its owner (R15). */
  outgrown: boolean;
  lastUsedAt: Date | null;
  lastUsedAddress: string | null;
  lastUsedAgent: string | null;
};

/** What the viewer may do with these tokens. A `forbidden` one is not offered. */
export type TokenAbilities = Record<"make" | "regenerate" | "revoke", Decision>;

/** What a token of this person may carry. `proof`: it then expires within 90 days (T1). */
export type Carriable = { key: string; noun: string; sentence: string; proof: boolean };

/** Everything that a page of the tokens of one person or service account shows. */
export type TokenBoardData = {
  holder: TokenHolder;
  own: boolean;
  abilities: TokenAbilities;
  /** Empty where the viewer may make none. */
  carriable: Carriable[];
  /** Whether the holder would be notified by mail of a new one. */
  told: boolean;
  page: Page<ListedToken>;
  fits: boolean;
  ignored: string[];
};

/** The tokens of one person or service account by name, as far as the actor may see them. */
export const servedTokens = serveByKey(tokenList, {
  about: ({ id }: OwnedHolder) => id,
  from: sql`access_tokens`,
  id: accessTokens.id,
  within: (ctx, { id, account }) =>
    account
      ? sql`${accessTokens.serviceAccountId} = ${id} and exists(select 1 from service_accounts
          where service_accounts.id = ${id} and ${accountsWithin(ctx, "token.read")})`
      : and(eq(accessTokens.userId, id), within(ctx, "token.read", accessTokens.userId)),
  search: null,
  filters: {},
  sorts: { ...byName(sql`${accessTokens.nameKey} collate "und-x-icu"`), type: "text" },
  choices: {},
  find: (ctx, { where, order, limit, key }) =>
    ctx.db
      .select({ id: accessTokens.id, token: accessTokens, key })
      .from(accessTokens)
      .where(where)
      .orderBy(order)
      .limit(limit),
  async rows(ctx, found, { ownerId }) {
    const others = found.flatMap(({ token: { id, createdBy, byOwner } }) =>
      createdBy && createdBy !== ownerId ? [{ id, makerId: createdBy, byOwner }] : [],
    );
    const names = await namesInSight(ctx, [...new Set(others.map(({ makerId }) => makerId))]);
    const judged = others.flatMap((one) => (ownerId && !one.byOwner ? [{ ...one, personId: ownerId }] : []));
    const outgrown = new Set((await outgrownOf(ctx.db, judged, ctx.now())).map(({ id }) => id));
    return found.map(({ token }) => {
      const other = others.find(({ id }) => id === token.id);
      const name = other && names.get(other.makerId)?.name;
      const maker = other?.byOwner ? [...(name ? [name] : []), "an earlier owner"].join(", ") : name;
      return listed(
        token,
        { maker: maker ?? (other ? "an administrator" : null), outgrown: outgrown.has(token.id) },
        ctx.now(),
      );
    });
  },
});

function listed(token: TokenRow, judged: Pick<ListedToken, "maker" | "outgrown">, now: Date): ListedToken {
  const { id, name, prefix, lastFour, operations, expiresAt, revokedAt, createdAt } = token;
  const { lastUsedAt, lastUsedAddress, lastUsedAgent } = token;
  return {
    ...{ id, name, prefix, lastFour, operations, expiresAt, revokedAt, createdAt },
    ...{ lastUsedAt, lastUsedAddress, lastUsedAgent },
    status: statusOf(token, now),
    proof: operations.some(asksForProof),
    ...judged,
    ...(token.createdBy === null && { maker: "the server's owner" }),
  };
}

/** One person's tokens at the place that the address names, or null outside the viewer's sight. */
export async function openTokens(ctx: Ctx, userId: string, params: Params): Promise<TokenBoardData | null> {
  const person = await findPerson(ctx, "token.read", userId);
  if (!person) return null;
  const holder = { id: person.id, name: fullName(person), ownerId: person.id, account: false };
  const own = ctx.actor.access.personId === person.id;
  const make = own ? "token.create" : "token.issue";
  const may = await authorizeAll(ctx, ctx.db, [make, "token.regenerate", "token.revoke"], { person: holder });
  const abilities = { make: may[make] as Decision, regenerate: may["token.regenerate"], revoke: may["token.revoke"] };
  const access = () => loadAccess(ctx.db, person.id, ctx.now());
  return { own, abilities, ...(await boardOf(ctx, holder, { params, abilities, access })) };
}

/** What such a page shows of the holder of the tokens. `access`: what they may do, of which a new token takes some. */
export async function boardOf(
  ctx: Ctx,
  holder: OwnedHolder,
  { params, abilities, access }: { params: Params; abilities: TokenAbilities; access: () => Promise<Access> },
) {
  const { filters, fits, ignored } = servedTokens.ask(params, holder);
  const page = await servedTokens.page(ctx, filters, holder);
  const { ownerId: _, ...shown } = holder;
  const makes = abilities.make.ok;
  const told = makes && !holder.account && (await mailWorks(ctx.db));
  return { holder: shown, page, fits, ignored, told, carriable: makes ? await carriableBy(ctx, await access()) : [] };
}

/** What an access opens and a token carries, in the order of the catalogue, the product's own last. */
async function carriableBy({ db }: Ctx, access: Access): Promise<Carriable[]> {
  const held = openedByAccess(access);
  const ours = operationKeys.filter((key) => held.has(key) && fitsOnToken(key));
  const theirs = [...held].filter((key) => !isOperation(key)).sort();
  const told = await db
    .select({ key: appOperations.key, sentence: appOperations.sentence })
    .from(appOperations)
    .where(inArray(appOperations.key, theirs));
  const sentences = new Map(told.map(({ key, sentence }) => [key, sentence]));
  return [...ours, ...theirs].map((key) => ({
    key,
    noun: isOperation(key) ? operationOf(key).noun : "The product",
    sentence: isOperation(key) ? operationOf(key).sentence : (sentences.get(key) ?? key),
    proof: asksForProof(key),
  }));
}
