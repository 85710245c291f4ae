import { eq, inArray, or, sql } from "drizzle-orm";
import { idArray } from "@/db/ids";
import { serviceAccounts, users } from "@/db/schema";
import { isEnded, type Standing, standingColumns, statusAt } from "@/lib/authz/account-status";
import { inSightOrSelf, within } from "@/lib/authz/relation";
import { type AccountStatus, accountStatusCondition, accountStatusOf } from "@/lib/authz/service-account-status";
import type { Ctx } from "@/lib/context";
import { byMoment, byName, serveByKey } from "@/lib/lists/serve-by-key";
import { fullName } from "@/lib/normalization/names";
import { foundIn } from "@/lib/normalization/search-condition";
import { searchAccountOwners } from "@/lib/people/pickers";
import { accountsWithin } from "@/lib/people/service-accounts";
import { pictureInSight } from "@/lib/platform/picture-address";
import { serviceAccountList } from "@/lib/service-accounts/filters";
import { statusReason } from "@/lib/service-accounts/reasons";

/** An owner by name where the actor may see them or is them. */
export type AccountOwner = { id: string; name: string; visible: boolean; picture: string | undefined };

export type ListedAccount = {
  id: string;
  name: string;
  owner: AccountOwner | null;
  roles: { id: string; name: string }[];
  status: AccountStatus;
  /** Why it does not work; null if it does. */
  reason: string | null;
  /** How many of its tokens work. */
  tokens: number;
  lastUsedAt: Date | null;
  createdAt: Date;
};

/** The service accounts of those whom the actor reaches (T6, R11). */
export const servedAccounts = serveByKey(serviceAccountList, {
  from: sql`service_accounts`,
  id: serviceAccounts.id,
  within: (ctx) => accountsWithin(ctx, "service_account.read"),
  search: (q) => foundIn(sql`service_accounts.search`, q, sql`service_accounts.id`),
  filters: {
    status: (wanted, ctx) => or(...wanted.map((one) => accountStatusCondition(one, ctx.now()))) ?? sql`true`,
    owner: (owners, ctx) =>
      sql`${inArray(serviceAccounts.ownerId, owners)} and ${inSightOrSelf(ctx, sql`service_accounts.owner_id`)}`,
  },
  sorts: { name: byName(serviceAccounts.nameKey), createdAt: byMoment(serviceAccounts.createdAt) },
  choices: { owner: searchAccountOwners },
  find: (ctx, { where, order, limit, key }) =>
    ctx.db
      .select({
        id: serviceAccounts.id,
        name: serviceAccounts.name,
        disabledAt: serviceAccounts.disabledAt,
        createdAt: serviceAccounts.createdAt,
        key,
      })
      .from(serviceAccounts)
      .where(where)
      .orderBy(order)
      .limit(limit),
  async rows(ctx, found): Promise<ListedAccount[]> {
    const more = await detailsOf(
      ctx,
      found.map(({ id }) => id),
    );
    return found.flatMap(({ key: _, disabledAt, ...account }) => {
      const { owner = null, ...details } = more.get(account.id) ?? { roles: [], tokens: 0, lastUsedAt: null };
      return [{ ...account, ...stateOf(ctx, disabledAt, owner), ...details }];
    });
  },
});

export type OwnerStanding = Standing & {
  id: string;
  firstName: string;
  lastName: string;
  pictureTag: string | null;
  visible: boolean;
};

/** Whether it works, whose it is, and why it does not. */
export function stateOf(ctx: Ctx, disabledAt: Date | null, owner: OwnerStanding | null) {
  const at = ctx.now();
  const shown = owner && {
    id: owner.id,
    name: owner.visible ? fullName(owner) : "somebody outside your view",
    visible: owner.visible,
    picture: pictureInSight(owner, owner.visible),
  };
  const standing = owner && {
    ...owner,
    name: shown?.name ?? "",
    status: statusAt(owner, at),
    ended: isEnded(owner, at),
  };
  const status = accountStatusOf(disabledAt, standing?.status ?? null);
  return { owner: shown, status, reason: statusReason(status, standing) };
}

type Details = {
  owner: OwnerStanding | null;
  roles: { id: string; name: string }[];
  tokens: number;
  lastUsedAt: Date | null;
};

async function detailsOf(ctx: Ctx, ids: string[]): Promise<Map<string, Details>> {
  if (ids.length === 0) return new Map();
  const now = sql`${ctx.now().toISOString()}::timestamptz`;
  const live = sql`t.revoked_at is null and (t.expires_at is null or t.expires_at > ${now})`;
  const rows = await ctx.db
    .select({
      id: serviceAccounts.id,
      owner: ownerColumns(ctx),
      roles: sql<
        Details["roles"]
      >`coalesce((select json_agg(json_build_object('id', r.id, 'name', r.name) order by r.name_key)
        from service_account_roles ar join roles r on r.id = ar.role_id
       where ar.service_account_id = ${serviceAccounts.id}), '[]')`,
      tokens: sql<number>`(select count(*)::int from access_tokens t
        where t.service_account_id = ${serviceAccounts.id} and ${live})`,
      lastUsedAt: sql<Date | null>`(select max(t.last_used_at) from access_tokens t
        where t.service_account_id = ${serviceAccounts.id})`.mapWith(serviceAccounts.createdAt),
    })
    .from(serviceAccounts)
    .leftJoin(users, eq(users.id, serviceAccounts.ownerId))
    .where(sql`${serviceAccounts.id} = any(${idArray(ids)})`);
  return new Map(rows.map(({ id, ...details }) => [id, details]));
}

/** Of `users`, joined as the owner. */
export const ownerColumns = (ctx: Ctx) => ({
  id: users.id,
  firstName: users.firstName,
  lastName: users.lastName,
  pictureTag: users.pictureTag,
  ...standingColumns,
  visible: sql<boolean>`coalesce(${within(ctx, "user.read", users.id)} or ${users.id} = ${ctx.actor.access.personId}, false)`,
});

export const { ask: askAccounts, page: listAccounts, count: countAccounts, labels: labelFilters } = servedAccounts;
