import { and, type SQL, sql } from "drizzle-orm";
import { clients, groups, serviceAccounts } from "@/db/schema";
import { holdsBeyondSelf, scopesOf } from "@/lib/authz/evaluate";
import { within } from "@/lib/authz/relation";
import { allClientsPath } from "@/lib/clients/paths";
import type { Ctx } from "@/lib/context";
import { groupsPath } from "@/lib/groups/paths";
import type { Choice } from "@/lib/lists/filters";
import { groupsWithin } from "@/lib/memberships/scoped";
import { foundIn } from "@/lib/normalization/search-condition";
import type { OperationKey } from "@/lib/operations";
import { userList } from "@/lib/people/pages";
import { searchPeople, searchRoles } from "@/lib/people/pickers";
import { accountsWithin } from "@/lib/people/service-accounts";
import { rolesPath } from "@/lib/roles/pages";
import { ownServiceAccountsPath, serviceAccountsPath } from "@/lib/service-accounts/paths";

export type FoundThing = Choice & { href: string };

/** What was found of one kind, by name. `more`: the list that shows all of it, where there is more than this. */
export type FoundKind = {
  kind: "people" | "groups" | "roles" | "clients" | "service accounts";
  things: FoundThing[];
  more: string | null;
};

/** So many of each kind are shown. */
const shown = 6;

/** What somebody may open of all that is found by a name, an email or an id: as the lists have it, and no more (R11). */
export async function searchConsole(ctx: Ctx, q: string): Promise<FoundKind[]> {
  const may = (operation: OperationKey) => holdsBeyondSelf(ctx.actor.access, operation);
  const has = (operation: OperationKey) => scopesOf(ctx.actor.access, operation).size > 0;
  const [people, foundGroups, roles, ofClients, accounts] = await Promise.all([
    may("user.read") ? searchPeople(ctx, q) : [],
    may("group.read") ? searchGroups(ctx, q) : [],
    may("role.read") ? searchRoles(ctx, q) : [],
    has("client.read") ? searchClients(ctx, q) : [],
    has("service_account.read") ? searchAccounts(ctx, q) : [],
  ]);
  const byId =
    (path: string) =>
    ({ id }: Choice) =>
      `${path}/${id}`;
  const listed = (path: string) => `${path}?q=${encodeURIComponent(q)}`;
  const [clientList, accountList] = [may("client.read"), may("service_account.read")];
  return [
    kindOf("people", people, byId(userList), listed(userList)),
    kindOf("groups", foundGroups, byId(groupsPath), listed(groupsPath)),
    kindOf("roles", roles, byId(rolesPath), listed(rolesPath)),
    kindOf(
      "clients",
      ofClients,
      ({ label }) => (clientList ? `${allClientsPath}?q=${encodeURIComponent(label)}` : ownClientsPath),
      clientList ? listed(allClientsPath) : ownClientsPath,
    ),
    kindOf(
      "service accounts",
      accounts,
      byId(accountList ? serviceAccountsPath : ownServiceAccountsPath),
      accountList ? listed(serviceAccountsPath) : "/account/tokens",
    ),
  ].filter(({ things }) => things.length > 0);
}

const ownClientsPath = "/account/clients";

const kindOf = (
  kind: FoundKind["kind"],
  found: Choice[],
  hrefOf: (thing: Choice) => string,
  list: string,
): FoundKind => ({
  kind,
  things: found.slice(0, shown).map((thing) => ({ ...thing, href: hrefOf(thing) })),
  more: found.length > shown ? list : null,
});

const searchGroups = (ctx: Ctx, q: string) =>
  firstByName(ctx, sql`groups`, [groupsWithin(ctx, "group.read"), foundIn(sql`groups.search`, q, groups.id)]);

const searchAccounts = (ctx: Ctx, q: string) =>
  firstByName(ctx, sql`service_accounts`, [
    accountsWithin(ctx, "service_account.read"),
    foundIn(sql`service_accounts.search`, q, serviceAccounts.id),
  ]);

const searchClients = (ctx: Ctx, q: string) =>
  firstByName(
    ctx,
    sql`clients`,
    [within(ctx, "client.read", clients.userId), foundIn(sql`clients.search`, q, clients.id)],
    sql`(select trim(concat(users.first_name, ' ', users.last_name)) from users where users.id = found.user_id)`,
  );

/**
 * The first by name for which all conditions on the table are true. Ordering a rare name by index would walk the whole table, so
 * some that match are taken first and ordered then.
 */
function firstByName(ctx: Ctx, table: SQL, conditions: (SQL | null)[], hint?: SQL): Promise<Choice[]> {
  const where = and(...conditions.filter((condition) => condition !== null));
  return ctx.db
    .select({ id: sql<string>`found.id`, label: sql<string>`found.name`, ...(hint && { hint: sql<string>`${hint}` }) })
    .from(sql`(select * from ${table} where ${where} limit 500) found`)
    .orderBy(sql`found.name_key, found.id`)
    .limit(shown + 1);
}
