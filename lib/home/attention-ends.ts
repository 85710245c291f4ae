import { and, asc, eq, sql } from "drizzle-orm";
import { isOddEnd } from "@/db/columns";
import { firstYear, lastYear } from "@/db/enums";
import { atMost, kept } from "@/db/kept";
import { groupRoles, groups, roles, users } from "@/db/schema";
import { text } from "@/lib/audit/words";
import { within } from "@/lib/authz/relation";
import type { Ctx, Person } from "@/lib/context";
import { type Attention, moment } from "@/lib/home/attention-words";
import { groupsWithin } from "@/lib/memberships/scoped";
import { fullName } from "@/lib/normalization/names";

/** Lines shown here, of people and of groups. */
const most = 10;

const line = (key: string, title: string, at: Date, href: string): Attention => ({
  key,
  tone: "warning",
  glyph: "clock",
  title: [text(title)],
  hint: [
    text("It is "),
    moment(at),
    text(`, as an earlier version stored it. Set one in the years ${firstYear} to ${lastYear}, or none.`),
  ],
  action: { label: href.startsWith("/admin/groups") ? "View group" : "View user", href },
});

/** Accounts, disablements, roles and memberships of people that end in a year which nobody can have meant. */
export async function peopleWithOddEnds(ctx: Ctx<Person>): Promise<Attention[]> {
  const rows = await kept(
    ctx.db
      .select({
        id: users.id,
        firstName: users.firstName,
        lastName: users.lastName,
        kind: sql<"access" | "disablement" | "role" | "membership">`odd.kind`,
        name: sql<string | null>`odd.name`,
        at: sql<Date>`odd.at`.mapWith(users.accessEndsAt),
      })
      .from(users)
      .innerJoin(
        sql`(select id, 'access' as kind, null as name, access_ends_at as at from users where ${isOddEnd("access_ends_at")}
           union all
           select id, 'disablement', null, disabled_until from users
            where ${isOddEnd("disabled_until")} and status = 'disabled'
           union all
           select ur.user_id, 'role', r.name, ur.ends_at from user_roles ur join roles r on r.id = ur.role_id
            where ${isOddEnd("ur.ends_at")}
           union all
           select gm.user_id, 'membership', g.name, gm.ends_at from group_members gm join groups g on g.id = gm.group_id
            where ${isOddEnd("gm.ends_at")}) odd`,
        sql`odd.id = ${users.id}`,
      )
      .where(within(ctx, "user.read", users.id))
      .orderBy(asc(users.nameKey), sql`odd.kind`, sql`odd.name`)
      .limit(atMost(most)),
  );
  return rows.map(({ id, kind, name, at, ...person }) => {
    const who = fullName(person);
    const page = `/admin/users/${id}`;
    const words = {
      access: { title: `The access of ${who} ends in an unusual year`, href: page },
      disablement: { title: `${who} is disabled until an unusual year`, href: page },
      role: { title: `${who} holds “${name}” until an unusual year`, href: `${page}/access` },
      membership: { title: `${who} is in ${name} until an unusual year`, href: `${page}/access` },
    };
    const { title, href } = words[kind];
    return line(`odd-end-${id}-${kind}-${name}`, title, at, href);
  });
}

/** Roles that groups carry until such a year. */
export async function groupsWithOddEnds(ctx: Ctx<Person>): Promise<Attention[]> {
  const rows = await kept(
    ctx.db
      .select({ id: groups.id, group: groups.name, role: roles.name, at: groupRoles.endsAt })
      .from(groupRoles)
      .innerJoin(groups, eq(groups.id, groupRoles.groupId))
      .innerJoin(roles, eq(roles.id, groupRoles.roleId))
      .where(and(isOddEnd("group_roles.ends_at"), groupsWithin(ctx, "group.read")))
      .orderBy(asc(groups.nameKey), asc(roles.nameKey))
      .limit(atMost(most)),
  );
  return rows.flatMap(({ id, group, role, at }) =>
    at
      ? line(
          `odd-end-${id}-${role}`,
          `${group} carries “${role}” until an unusual year`,
          at,
          `/admin/groups/${id}/roles`,
        )
      : [],
  );
}
