import { and, eq } from "drizzle-orm";
import { serviceAccounts, users } from "@/db/schema";
import { authorizeAll } from "@/lib/authz/authorize";
import { currentCatalogue } from "@/lib/authz/catalogue";
import { type Decision, notNow } from "@/lib/authz/decision";
import { noAccess } from "@/lib/authz/model";
import { loadAccountAccess } from "@/lib/authz/service-accounts";
import type { Ctx } from "@/lib/context";
import { notFound } from "@/lib/errors";
import type { Params } from "@/lib/lists/search-params";
import { namedInSight } from "@/lib/people/scoped";
import { accountsWithin, findAccount, mayHaveTokens, rolesOfAccount } from "@/lib/people/service-accounts";
import { type ListedAccount, ownerColumns, stateOf } from "@/lib/service-accounts/list";
import { idleRoles, roleReason } from "@/lib/service-accounts/reasons";
import { boardOf, type TokenBoardData } from "@/lib/tokens/queries";
import { tokensInForce } from "@/lib/tokens/store";

const asked = [
  "service_account.update",
  "service_account.disable",
  "service_account.enable",
  "service_account.delete",
  "service_account.issue_token",
  "token.regenerate",
  "token.revoke",
] as const;

export type AccountAbilities = Record<(typeof asked)[number], Decision>;

/** What the pages of one service account show. */
export type AccountDetail = Awaited<ReturnType<typeof getAccount>>;

/** One service account of somebody whom the actor reaches; throws `not_found` otherwise. */
export async function getAccount(ctx: Ctx, id: string) {
  const account = await findAccount(ctx, "service_account.read", id);
  if (!account) throw notFound("The service account");
  const [found] = await ctx.db
    .select({ owner: ownerColumns(ctx) })
    .from(serviceAccounts)
    .leftJoin(users, eq(users.id, serviceAccounts.ownerId))
    .where(eq(serviceAccounts.id, account.id));
  const state = stateOf(ctx, account.disabledAt, found?.owner ?? null);
  const { access, roles } = await held(ctx, account);
  const owner = state.owner?.name;
  const told = roles.map((role) => ({
    id: role.id,
    name: role.name,
    /** What it carries but does not give, and why. */
    reason: owner ? roleReason(role, owner) : "Gives nothing: there is no owner to grant it.",
    idle: role.gives.length === 0,
  }));
  const { id: _, name, ownerId, version, createdAt, createdBy } = account;
  const tokens = await tokensInForce(ctx.db, { userId: null, serviceAccountId: account.id }, ctx.now());
  return {
    id: account.id,
    name,
    ownerId,
    version,
    createdAt,
    maker: createdBy && ((await namedInSight(ctx, ctx.db, createdBy))?.name ?? "somebody who has been purged"),
    ...state,
    roles: told,
    idle: state.status === "stopped" ? null : idleRoles(told),
    tokens: tokens.map((token) => token.name),
    access,
    abilities: await abilitiesOn(ctx, { ...account, status: state.status }),
  };
}

async function held(ctx: Ctx, { id, ownerId }: { id: string; ownerId: string | null }) {
  const roleIds = await rolesOfAccount(ctx.db, id);
  if (!ownerId) {
    const { roles } = await currentCatalogue(ctx.db);
    const named = roleIds.flatMap((roleId) => roles.get(roleId) ?? []);
    return {
      access: noAccess,
      roles: named.map((role) => ({ id: role.id, name: role.name, gives: [], withheld: [], needs: [] })),
    };
  }
  return loadAccountAccess(ctx.db, { ownerId, roleIds }, ctx.now());
}

/** What the actor may do with it, and why not. */
async function abilitiesOn(
  ctx: Ctx,
  account: Pick<Parameters<typeof mayHaveTokens>[0], "name" | "status"> & { ownerId: string | null },
): Promise<AccountAbilities> {
  const person = account.ownerId ? await namedInSight(ctx, ctx.db, account.ownerId) : null;
  const may = await authorizeAll(ctx, ctx.db, asked, { person });
  const has = mayHaveTokens(account);
  const given = (decision: Decision) => (decision.ok && !has.ok ? notNow(has.reason) : decision);
  return {
    ...may,
    "service_account.issue_token": given(may["service_account.issue_token"]),
    "token.regenerate": given(may["token.regenerate"]),
  };
}

/** The tokens of a service account at the place that the address names, or null where the viewer may not see them. */
export async function openAccountTokens(
  ctx: Ctx,
  account: AccountDetail,
  params: Params,
): Promise<TokenBoardData | null> {
  if (!(await findAccount(ctx, "token.read", account.id))) return null;
  const holder = { id: account.id, name: account.name, ownerId: account.ownerId, account: true };
  const { abilities: may } = account;
  const abilities = {
    make: may["service_account.issue_token"],
    regenerate: may["token.regenerate"],
    revoke: may["token.revoke"],
  };
  const board = await boardOf(ctx, holder, { params, abilities, access: async () => account.access });
  return { own: account.ownerId === ctx.actor.access.personId, abilities, ...board };
}

export type OwnAccount = Pick<ListedAccount, "id" | "name" | "status" | "reason">;

/** The service accounts that the actor owns, by name. */
export async function ownAccounts(ctx: Ctx): Promise<OwnAccount[]> {
  const me = ctx.actor.access.personId;
  if (!me) return [];
  const rows = await ctx.db
    .select({
      id: serviceAccounts.id,
      name: serviceAccounts.name,
      disabledAt: serviceAccounts.disabledAt,
      owner: ownerColumns(ctx),
    })
    .from(serviceAccounts)
    .innerJoin(users, eq(users.id, serviceAccounts.ownerId))
    .where(and(eq(users.id, me), accountsWithin(ctx, "service_account.read")))
    .orderBy(serviceAccounts.nameKey);
  return rows.map(({ id, name, disabledAt, owner }) => {
    const { status, reason } = stateOf(ctx, disabledAt, owner);
    return { id, name, status, reason };
  });
}
