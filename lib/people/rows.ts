import { sql } from "drizzle-orm";
import { makePgArray } from "drizzle-orm/pg-core";
import type { ShownStatus } from "@/db/enums";
import { keptBuilt } from "@/db/kept";
import { lasting } from "@/db/lasting";
import { users } from "@/db/schema";
import { statusAt } from "@/lib/authz/account-status";
import { heldRoles } from "@/lib/authz/load";
import type { Ctx, Reads } from "@/lib/context";
import { fullName } from "@/lib/normalization/names";
import { pictureAddress } from "@/lib/platform/picture-address";

export const columns = {
  id: users.id,
  username: users.username,
  email: users.email,
  firstName: users.firstName,
  lastName: users.lastName,
  configuration: users.configuration,
  status: users.status,
  statusBeforeDisable: users.statusBeforeDisable,
  disabledUntil: users.disabledUntil,
  accessEndsAt: users.accessEndsAt,
  lockedAt: users.lockedAt,
  lockedUntil: users.lockedUntil,
  lastSignInAt: users.lastSignInAt,
  createdAt: users.createdAt,
  pictureTag: users.pictureTag,
};

type Person = Pick<typeof users.$inferSelect, keyof typeof columns>;

/** A row as it was found, with its sort keys for a cursor. */
export type FoundRow = { person: Person; keys: string[] };

/** A role in force at this moment; `groups` are the names of those it comes through, empty when it is held directly. */
export type ListedRole = { id: string; name: string; kind: "primary" | "additional"; groups: string[] };

export type ListedUser = {
  id: string;
  name: string;
  username: string;
  email: string;
  roles: ListedRole[];
  /** By its name. */
  configuration: string;
  /** Names of the first groups by name, and how many there are in all. */
  groups: { names: string[]; count: number };
  status: ShownStatus;
  clients: { registered: number; total: number };
  lastSignInAt: Date | null;
  createdAt: Date;
  /** Address of the picture. */
  picture: string | undefined;
};

type Details = {
  id: string;
  /** The name of the provider, while there is one. */
  configuration: string | null;
  roles: ListedRole[];
  groups: string[];
  groupCount: number;
  registered: number;
  clients: number;
};

/** What every list says of a person. */
export const namedRow = (ctx: Ctx, person: Person) => ({
  id: person.id,
  name: fullName(person),
  username: person.username,
  email: person.email,
  status: statusAt(person, ctx.now()),
  picture: pictureAddress(person.id, person.pictureTag),
});

/** Adds roles, groups, clients and the names of configurations to the rows of one page, in one query. */
export async function withDetails(ctx: Ctx, people: Person[]): Promise<ListedUser[]> {
  const details = await detailsOf(ctx, people);
  return people.map((person) => {
    const more = details.get(person.id);
    return {
      ...namedRow(ctx, person),
      roles: more?.roles ?? [],
      configuration: more?.configuration ?? person.configuration,
      groups: { names: more?.groups ?? [], count: more?.groupCount ?? 0 },
      clients: { registered: more?.registered ?? 0, total: more?.clients ?? 0 },
      lastSignInAt: person.lastSignInAt,
      createdAt: person.createdAt,
    };
  });
}

async function detailsOf(ctx: Ctx, found: Person[]): Promise<Map<string, Details>> {
  if (found.length === 0) return new Map();
  const rows = await askDetails(ctx.db, {
    people: makePgArray(found.map(({ id }) => id)),
    slugs: makePgArray(found.map(({ configuration }) => configuration)),
    at: ctx.now().toISOString(),
  });
  return new Map(rows.map((row) => [row.id, row]));
}

const people = sql`${sql.placeholder("people")}::uuid[]`;
const slugs = sql`${sql.placeholder("slugs")}::text[]`;
const at = sql`${sql.placeholder("at")}`;

const askDetails = keptBuilt((db: Reads) =>
  db
    .select({
      id: sql<string>`p.id`,
      configuration: sql<string | null>`provider.name`,
      roles: sql<ListedRole[]>`coalesce(held.roles, '[]')`,
      groups: sql<string[]>`coalesce(joined.names, '[]')`,
      groupCount: sql<number>`coalesce(joined.count, 0)`,
      registered: sql<number>`owned.registered`,
      clients: sql<number>`owned.total`,
    })
    .from(sql`unnest(${people}, ${slugs}) p (id, slug)
      left join identity_providers provider on provider.slug = p.slug
      left join (
        select h.person_id, json_agg(json_build_object('id', r.id, 'name', r.name, 'groups', h.groups,
                                                'kind', case when r.id = u.primary_role_id then 'primary' else r.kind end)
                              order by r.id = u.primary_role_id desc, r.name) as roles
          from (
            select person_id, role_id, case when bool_or(group_id is null) then '[]'::json
                                            else json_agg(group_name order by group_name) end as groups
              from ${heldRoles(people, at)} origins group by person_id, role_id
          ) h join roles r on r.id = h.role_id join users u on u.id = h.person_id
         where r.id = u.primary_role_id
            or not exists(select 1 from role_combinations c where c.role_id = r.id)
            or exists(select 1 from role_combinations c where c.role_id = r.id and c.primary_role_id = u.primary_role_id)
         group by h.person_id
      ) held on held.person_id = p.id
      left join lateral (
        select json_agg(name order by name) filter (where place <= 10) as names, count(*)::int as count
          from (select g.name, row_number() over (order by g.name) as place
                  from group_members gm join groups g on g.id = gm.group_id
                 where gm.user_id = p.id and ${lasting("gm", at)}) named
      ) joined on true
      left join lateral (
        select count(*)::int as total, count(*) filter (where status = 'registered')::int as registered
          from clients where user_id = p.id
      ) owned on true`),
);
