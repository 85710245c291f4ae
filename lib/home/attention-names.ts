import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { currentKeyVersion } from "@/db/columns";
import { atMost, kept } from "@/db/kept";
import { clients, groups, users } from "@/db/schema";
import { text } from "@/lib/audit/words";
import { within } from "@/lib/authz/relation";
import type { Ctx, Person } from "@/lib/context";
import type { Attention } from "@/lib/home/attention-words";
import { groupsWithin } from "@/lib/memberships/scoped";
import { foldEmail } from "@/lib/normalization/email";
import { foldName } from "@/lib/normalization/fold";
import { fullName } from "@/lib/normalization/names";
import { collisionsOf } from "@/lib/people/sign-in-names";

/** Rows of an earlier folding that are looked at, and lines that are shown: what an upgrade found to be the same. */
const [lookedAt, most] = [200, 10];

/** As the partial indexes know it. */
const isOld = (version: AnyPgColumn) => sql`${version} < ${sql.raw(String(currentKeyVersion))}`;

const line = (key: string, title: string, hint: string, href: string): Attention => ({
  key,
  tone: "warning",
  glyph: "shield",
  title: [text(title)],
  hint: [text(hint)],
  action: { label: href.startsWith("/admin/groups") ? "View group" : "View user", href },
});

const compared = "Names are compared without invisible characters, and with one kind of dash and apostrophe.";

/** People whose user name or address is the same as another's, or whose address is not one, since names are folded again. */
export async function peopleWithOldKeys(ctx: Ctx<Person>): Promise<Attention[]> {
  const rows = await kept(
    ctx.db
      .select()
      .from(users)
      .where(and(isOld(users.keyVersion), within(ctx, "user.read", users.id)))
      .orderBy(asc(users.id))
      .limit(atMost(lookedAt)),
  );
  const collisions = await collisionsOf(ctx.db, rows);
  const holderIds = [...collisions.values()].flat().map(({ holderId }) => holderId);
  const holders = await namesOf(ctx, holderIds);
  const lines = rows.flatMap((row) => {
    const href = `/admin/users/${row.id}`;
    const same = (collisions.get(row.id) ?? []).map(({ field, holderId }) => {
      const what = field === "email" ? `address "${row.email}"` : `user name "${row.username}"`;
      const mend =
        field === "email"
          ? "Change one of the addresses."
          : "User names are fixed: remove the account that is not needed.";
      const title = `The ${what} of ${fullName(row)} is the same as that of ${holders.get(holderId) ?? "another user"}`;
      return line(`same-${row.id}-${field}`, title, `${compared} Both can still sign in. ${mend}`, href);
    });
    const none = `"${row.email}", the address of ${fullName(row)}, is not an email address`;
    const noMail = "No mail reaches it. Correct it.";
    return foldEmail(row.email) === null ? [...same, line(`address-${row.id}`, none, noMail, href)] : same;
  });
  return lines.slice(0, most);
}

/** Names of people, those in sight. */
async function namesOf(ctx: Ctx, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .select()
    .from(users)
    .where(and(inArray(users.id, ids), within(ctx, "user.read", users.id)));
  return new Map(rows.map((row) => [row.id, fullName(row)]));
}

/** Groups, and clients of one person, whose names are the same since names are folded again. */
export async function groupsWithOldKeys(ctx: Ctx<Person>): Promise<Attention[]> {
  const old = and(isOld(groups.keyVersion), groupsWithin(ctx, "group.read"));
  const rows = await kept(ctx.db.select().from(groups).where(old).orderBy(asc(groups.id)).limit(atMost(lookedAt)));
  const keys = rows.map(({ name }) => foldName(name));
  if (keys.length === 0) return [];
  const held = await ctx.db.select().from(groups).where(inArray(groups.nameKey, keys));
  const lines = rows.flatMap((row) => {
    const twin = held.find(({ id, nameKey }) => nameKey === foldName(row.name) && id !== row.id);
    const title = `The group "${row.name}" has the same name as another group`;
    return twin ? [line(`same-${row.id}`, title, `${compared} Rename one of the two.`, `/admin/groups/${row.id}`)] : [];
  });
  return lines.slice(0, most);
}

export async function clientsWithOldKeys(ctx: Ctx<Person>): Promise<Attention[]> {
  const rows = await kept(
    ctx.db
      .select({ id: clients.id, name: clients.name, person: users })
      .from(clients)
      .innerJoin(users, eq(users.id, clients.userId))
      .where(and(isOld(clients.keyVersion), within(ctx, "client.read", clients.userId)))
      .orderBy(asc(clients.id))
      .limit(atMost(lookedAt)),
  );
  const keys = rows.map(({ name }) => foldName(name));
  if (keys.length === 0) return [];
  const owners = rows.map(({ person }) => person.id);
  const held = await ctx.db
    .select({ id: clients.id, userId: clients.userId, nameKey: clients.nameKey })
    .from(clients)
    .where(and(inArray(clients.nameKey, keys), inArray(clients.userId, owners)));
  const lines = rows.flatMap(({ id, name, person }) => {
    const twin = held.find((one) => one.nameKey === foldName(name) && one.userId === person.id && one.id !== id);
    const title = `${fullName(person)} has two clients with the same name, "${name}"`;
    const hint = `${compared} Deregister the one that is not needed.`;
    return twin ? [line(`same-${id}`, title, hint, `/admin/users/${person.id}/clients`)] : [];
  });
  return lines.slice(0, most);
}
