import { and, eq, sql } from "drizzle-orm";
import type { ShownStatus } from "@/db/enums";
import { accessTokens } from "@/db/schema";
import { statusAt } from "@/lib/authz/account-status";
import { authorizeAll } from "@/lib/authz/authorize";
import type { Decision } from "@/lib/authz/decision";
import { sentenceOf } from "@/lib/authz/evaluate";
import { asksForProof, fitsOnToken } from "@/lib/authz/limit";
import { loadAccess } from "@/lib/authz/load";
import { holdingsOf, openedBy } from "@/lib/authz/model";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import type { Page } from "@/lib/lists/pagination";
import type { Params } from "@/lib/lists/search-params";
import { byName, serveByKey } from "@/lib/lists/serve-by-key";
import { fullName } from "@/lib/normalization/names";
import { isOperation, operationKeys, operationOf } from "@/lib/operations";
import { findPerson, namesInSight } from "@/lib/people/scoped";
import { tokenList } from "@/lib/tokens/filters";
import { statusOf, type TokenRow, type TokenStatus } from "@/lib/tokens/store";

export type TokenOwner = { id: string; name: string; status: ShownStatus };

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
  lastUsedAt: Date | null;
  lastUsedAddress: string | null;
  lastUsedAgent: string | null;
};

/** What the viewer may do with these tokens. A `forbidden` one is not offered. */
export type TokenAbilities = Record<"make" | "regenerate" | "revoke", Decision>;

/** What a token of this person may carry. `proof`: it then expires within 90 days (T1). */
export type Carriable = { key: string; noun: string; sentence: string; proof: boolean };

/** Everything that a page of one person's tokens shows. */
export type TokenBoardData = {
  owner: TokenOwner;
  own: boolean;
  abilities: TokenAbilities;
  /** Empty where the viewer may make none. */
  carriable: Carriable[];
  page: Page<ListedToken>;
  fits: boolean;
  ignored: string[];
};

/** One person's tokens by name, as far as the actor may see them. */
export const servedTokens = serveByKey(tokenList, {
  about: ({ id }: TokenOwner) => id,
  from: sql`access_tokens`,
  id: accessTokens.id,
  within: (ctx, owner) => and(eq(accessTokens.userId, owner.id), within(ctx, "token.read", accessTokens.userId)),
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
  rows: async (ctx, found) => {
    const makers = found.flatMap(({ token }) => otherMaker(token) ?? []);
    const names = await namesInSight(ctx, [...new Set(makers)]);
    return found.map(({ token }) => listed(token, names, ctx.now()));
  },
});

const otherMaker = ({ createdBy, userId }: TokenRow) => (createdBy === userId ? null : createdBy);

function listed(token: TokenRow, names: Map<string, { name: string }>, now: Date): ListedToken {
  const { id, name, prefix, lastFour, operations, expiresAt, revokedAt, createdAt } = token;
  const { lastUsedAt, lastUsedAddress, lastUsedAgent } = token;
  const makerId = otherMaker(token);
  return {
    ...{ id, name, prefix, lastFour, operations, expiresAt, revokedAt, createdAt },
    ...{ lastUsedAt, lastUsedAddress, lastUsedAgent },
    status: statusOf(token, now),
    proof: operations.some(asksForProof),
    maker:
      token.createdBy === null ? "the server's owner" : makerId && (names.get(makerId)?.name ?? "an administrator"),
  };
}

/** One person's tokens at the place that the address names, or null outside the viewer's sight. */
export async function openTokens(ctx: Ctx, userId: string, params: Params): Promise<TokenBoardData | null> {
  const person = await findPerson(ctx, "token.read", userId);
  if (!person) return null;
  const owner = { id: person.id, name: fullName(person), status: statusAt(person, ctx.now()) };
  const own = ctx.actor.access.personId === person.id;
  const { filters, fits, ignored } = servedTokens.ask(params, owner);
  const make = own ? "token.create" : "token.issue";
  const [may, page] = await Promise.all([
    authorizeAll(ctx, ctx.db, [make, "token.regenerate", "token.revoke"], { person: owner }),
    servedTokens.page(ctx, filters, owner),
  ]);
  const abilities = { make: may[make] as Decision, regenerate: may["token.regenerate"], revoke: may["token.revoke"] };
  return {
    owner,
    own,
    abilities,
    carriable: abilities.make.ok ? await carriableBy(ctx, owner.id) : [],
    page,
    fits,
    ignored,
  };
}

/** What this person's roles open and a token carries, in the order of the catalogue, the product's own last. */
async function carriableBy(ctx: Ctx, personId: string): Promise<Carriable[]> {
  const access = await loadAccess(ctx.db, personId, ctx.now());
  const held = new Set(holdingsOf(access).flatMap(({ operation }) => openedBy(operation)));
  const ours = operationKeys.filter((key) => held.has(key) && fitsOnToken(key));
  const theirs = [...held].filter((key) => !isOperation(key)).sort();
  return [...ours, ...theirs].map((key) => ({
    key,
    noun: isOperation(key) ? operationOf(key).noun : "The product",
    sentence: isOperation(key) ? operationOf(key).sentence : sentenceOf(key),
    proof: asksForProof(key),
  }));
}
