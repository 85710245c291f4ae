import { asc, eq, type SQL, sql } from "drizzle-orm";
import { atMost, kept } from "@/db/kept";
import { serviceAccounts, users } from "@/db/schema";
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
import { resourcesHref } from "@/lib/resources/filters";
import { ownerHasLeft, resourcesWithin } from "@/lib/resources/scoped";
import { serviceAccountsPath } from "@/lib/service-accounts/paths";
import { ownedNouns } from "@/lib/users/owned-nouns";
import { type OwnedKind, ownedWords } from "@/lib/users/owned-words";

/** People whose manager cannot act any more: those of the chart's own list. */
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
            plural(
              total,
              "one person has a manager who is disabled or archived",
              "people have a manager who is disabled or archived",
            ),
          ),
        ),
      ],
      hint: [text(list(names, total))],
      action: { label: "View users", href: "/admin/organisation?view=left" },
    },
  ];
}

/** What somebody owns who has left: from before such a thing was refused, or where nobody could be asked (U11). */
async function leftObjects(
  ctx: Ctx,
  kind: OwnedKind,
  inSight: SQL,
  action: (found: Found) => Promise<Action> | Action,
  words: OwnedBy,
  left: SQL,
) {
  const { table, id, name, nameKey, ownerId } = ownedNouns[kind];
  const { one, many } = ownedWords[kind];
  const condition = sql`${left} and ${inSight}`;
  const rows = await kept(
    ctx.db
      .select({
        id: sql<string>`${id}`,
        name: sql<string>`${name}`,
        ownerId: users.id,
        firstName: users.firstName,
        lastName: users.lastName,
        visible: sql<boolean>`${within(ctx, "user.read", users.id)}`,
      })
      .from(table)
      .leftJoin(users, eq(users.id, ownerId))
      .where(condition)
      .orderBy(asc(nameKey))
      .limit(atMost(named)),
  );
  const [first] = rows;
  if (!first) return [];
  const total = await countUpTo(ctx, sql`${table} left join users on users.id = ${ownerId} where ${condition}`);
  const names = rows.map(({ name, ownerId: whose, visible, firstName, lastName }) =>
    whose && visible
      ? `“${name}” of ${fullName({ firstName: firstName ?? "", lastName: lastName ?? "" })}`
      : `“${name}”`,
  );
  const owned = plural(total, `one ${one} ${words.one}`, `${many} ${words.many}`);
  return [
    {
      key: `left-${kind}`,
      tone: "warning",
      glyph: "left",
      title: [text(capital(owned))],
      hint: [text(list(names, total))],
      action: await action(first),
    } satisfies Attention,
  ];
}

type OwnedBy = { one: string; many: string };
/** Where one without any owner is listed as well. */
const ownerless: OwnedBy = { one: "has no active owner", many: "have no active owner" };

type Found = { id: string; ownerId: string | null; name: string };
type Action = { label: string; href: string };

export const leftGroups = (ctx: Ctx<Person>) =>
  leftObjects(
    ctx,
    "group",
    groupsWithin(ctx, "group.read"),
    async ({ id, ownerId }) => {
      const may = await authorize(ctx, ctx.db, "group.update", { person: null, ownerId });
      return { label: may.ok ? "Choose an owner" : "View group", href: `/admin/groups/${id}` };
    },
    { one: "has a disabled or archived owner", many: "have a disabled or archived owner" },
    // Found by those that have an owner at all: in the order of their names, every group would be read.
    sql`groups.id in (select owned.id from groups owned cross join lateral (
      select 1 from users where users.id = owned.owner_id and ${hasLeft(ctx.now())} offset 0) gone
      where owned.owner_id is not null)`,
  );

/** Owners who have left: an account of somebody removed has stopped, as has one without an owner; one of somebody disabled is paused (T6). */
export const leftAccounts = (ctx: Ctx<Person>) =>
  leftObjects(
    ctx,
    "service_account",
    accountsWithin(ctx, "service_account.read"),
    async ({ id, ownerId, name }) => {
      const may = await authorize(ctx, ctx.db, "service_account.update", {
        person: ownerId ? { id: ownerId, name } : null,
      });
      return { label: may.ok ? "Choose an owner" : "View service account", href: `${serviceAccountsPath}/${id}` };
    },
    ownerless,
    sql`(${hasLeft(ctx.now())} or ${serviceAccounts.ownerId} is null)`,
  );

export const leftResources = (ctx: Ctx<Person>) =>
  leftObjects(
    ctx,
    "resource",
    resourcesWithin(ctx),
    () => ({ label: "View resources", href: resourcesHref({ ownership: ["left"] }) }),
    ownerless,
    ownerHasLeft(ctx),
  );
