import { asc, eq, type SQL, sql } from "drizzle-orm";
import { groups, serviceAccounts, users } from "@/db/schema";
import { text } from "@/lib/audit/words";
import { hasLeft } from "@/lib/authz/account-status";
import { authorize } from "@/lib/authz/authorize";
import { within } from "@/lib/authz/relation";
import type { Ctx, Person } from "@/lib/context";
import { type Attention, capital, list, named, plural } from "@/lib/home/attention-words";
import { countUpTo } from "@/lib/home/queries";
import { groupsWithin } from "@/lib/memberships/scoped";
import { fullName } from "@/lib/normalization/names";
import { firstLeft } from "@/lib/organisation/chart-issues";
import { accountsWithin } from "@/lib/people/service-accounts";
import { serviceAccountsPath } from "@/lib/service-accounts/paths";

/** People whose manager has left: those of the chart's own list. */
export async function leftManagers(ctx: Ctx): Promise<Attention[]> {
  const { names, total } = await firstLeft(ctx, named);
  if (names.length === 0) return [];
  return [
    {
      key: "left-managers",
      tone: "warning",
      glyph: "left",
      title: [
        text(
          capital(
            plural(total, "one person is under a manager who has left", "people are under a manager who has left"),
          ),
        ),
      ],
      hint: [text(list(names, total))],
      action: { label: "Show", href: "/admin/organisation?view=left" },
    },
  ];
}

const owned = {
  group: { table: groups, owner: groups.ownerId, ownerless: sql`false`, one: "one group is", many: "groups are" },
  service_account: {
    table: serviceAccounts,
    owner: serviceAccounts.ownerId,
    /** A group may do without an owner; a service account has stopped. */
    ownerless: sql`${serviceAccounts.ownerId} is null`,
    one: "one service account is",
    many: "service accounts are",
  },
} as const;

/** What somebody owns who has left: from before such a thing was refused, or where nobody could be asked (U11). */
async function leftObjects(
  ctx: Ctx,
  kind: keyof typeof owned,
  inSight: SQL,
  action: (found: Found) => Promise<Action> | Action,
) {
  const { table, owner, ownerless, one, many } = owned[kind];
  const condition = sql`(${hasLeft(ctx.now())} or ${ownerless}) and ${inSight}`;
  const rows = await ctx.db
    .select({
      id: table.id,
      name: table.name,
      ownerId: users.id,
      firstName: users.firstName,
      lastName: users.lastName,
      visible: sql<boolean>`coalesce(${within(ctx, "user.read", users.id)} and ${users.id} is not null, false)`,
    })
    .from(table)
    .leftJoin(users, eq(users.id, owner))
    .where(condition)
    .orderBy(asc(table.nameKey))
    .limit(named);
  const [first] = rows;
  if (!first) return [];
  const total = await countUpTo(ctx, sql`${table} left join users on users.id = ${owner} where ${condition}`);
  const names = rows.map((row) => (row.visible ? `“${row.name}” of ${nameOf(row)}` : `“${row.name}”`));
  const title = plural(total, `${one} owned by somebody who has left`, `${many} owned by somebody who has left`);
  return [
    {
      key: `left-${kind}`,
      tone: "warning",
      glyph: "left",
      title: [text(capital(title))],
      hint: [text(list(names, total))],
      action: await action(first),
    } satisfies Attention,
  ];
}

type Found = { id: string; ownerId: string | null; name: string };

const nameOf = ({ firstName, lastName }: { firstName: string | null; lastName: string | null }) =>
  fullName({ firstName: firstName ?? "", lastName: lastName ?? "" });
type Action = { label: string; href: string };

export const leftGroups = (ctx: Ctx<Person>) =>
  leftObjects(ctx, "group", groupsWithin(ctx, "group.read"), async ({ id, ownerId }) => {
    const may = await authorize(ctx, ctx.db, "group.update", { person: null, ownerId });
    return { label: may.ok ? "Choose an owner" : "Show", href: `/admin/groups/${id}` };
  });

/** Whoever has left: an account of somebody removed has stopped, one of somebody disabled is paused (T6). */
export const leftAccounts = (ctx: Ctx<Person>) =>
  leftObjects(ctx, "service_account", accountsWithin(ctx, "service_account.read"), async ({ id, ownerId, name }) => {
    const may = await authorize(ctx, ctx.db, "service_account.update", {
      person: ownerId ? { id: ownerId, name } : null,
    });
    return { label: may.ok ? "Choose an owner" : "Show", href: `${serviceAccountsPath}/${id}` };
  });
