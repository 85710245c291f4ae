import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { idArray } from "@/db/ids";
import { keptBuilt } from "@/db/kept";
import { momentOf } from "@/db/lasting";
import { users } from "@/db/schema";
import { accessOf, type Catalogue, catalogueOf, catalogueVersion } from "@/lib/authz/catalogue";
import type { Access, Origin } from "@/lib/authz/model";
import type { Reads } from "@/lib/context";
import { together } from "@/lib/platform/together";

type Held = [roleId: string, groupId: string | null, groupName: string | null, endsAt: string | null];

/**
 * Every role that reaches people at a moment, in force or dormant, a row for each origin (R6): `person_id, role_id,
 * group_id, group_name, ends_at`. `people` is an array of ids. `access_of` gives the same for one person in a shorter form.
 */
export const heldRoles = (people: SQL, at: Date | SQL): SQL => sql`held_roles(${people}, ${momentOf(at)})`;

/**
 * What a person holds at this moment: the union of direct roles and the roles of all groups (R6), in one query, which
 * every request asks. `at` is the moment; whether the account itself is in force is the session's question, and until
 * when it lasts bounds what its person may give (R8).
 */
export const loadAccess = (db: Reads | Tx, personId: string, at: Date): Promise<Access> =>
  loadTogether(db as Tx, { personId, at });

type Asked = { personId: string; at: Date };
type Found = { id: string; version: string; endsAt: Date | null; held: Held[] };

const loadTogether = together<Asked, Access>(
  async (tx, asked) => {
    const [first] = asked as [Asked];
    const people = asked.map(({ personId }) => personId);
    const found = await (people.length === 1 ? heldByOne(tx, first) : heldByAll(tx, people, first.at));
    const { of } = await accessesIn(tx, found);
    return people.map(of);
  },
  { inWaves: true },
);

/** What several people hold, each as `loadAccess` reads it, beside the catalogue that they hold it from. */
export type Accesses = { catalogue: Catalogue; of: (personId: string) => Access };

/** The same of several people at one moment, in one query. */
export const loadAccesses = (db: Reads | Tx, people: string[], at: Date): Promise<Accesses> =>
  listsTogether(db as Tx, { people, at });

type Listed = { people: string[]; at: Date };

const listsTogether = together<Listed, Accesses>(async (tx, asked) => {
  const [{ at }] = asked as [Listed];
  const people = [...new Set(asked.flatMap((one) => one.people))];
  const [only] = people;
  const found = people.length === 1 && only ? heldByOne(tx, { personId: only, at }) : heldByAll(tx, people, at);
  const accesses = await accessesIn(tx, await found);
  return asked.map(() => accesses);
});

async function accessesIn(db: Reads | Tx, found: Found[]): Promise<Accesses> {
  const rows = new Map(found.map((row) => [row.id, row]));
  const catalogue = await catalogueOf(db, found[0]?.version ?? "");
  const known = new Map<string, Access>();
  const of = (personId: string) => {
    const { endsAt = null, held = [] } = rows.get(personId.toLowerCase()) ?? {};
    const access = known.get(personId) ?? accessOf(catalogue, { personId, endsAt }, originsOf(held));
    known.set(personId, access);
    return access;
  };
  return { catalogue, of };
}

/** What one person holds, as a row `holding` of another statement. A function of the database, which keeps its plan. */
export const holdingOf = (personId: SQL, at: SQL): SQL => sql`access_of(${personId}, ${at}::timestamptz) holding`;

/** The columns of such a row, for `accessFrom`. */
export const holdingColumns = {
  version: sql<string>`holding.version`,
  endsAt: sql<Date | null>`holding.account_ends_at`.mapWith(users.accessEndsAt),
  held: sql<Held[]>`holding.held`.mapWith(heldIn),
};

/** What `access_of` returns: a group or role is named beside its end only where it has one. `carried` is "group=role group=role". */
type Told = {
  primary: string | null;
  direct: [roleId: string, endsAt: string | null][] | null;
  joined: [groupId: string, endsAt: string][] | null;
  carried: string | null;
  ends: [groupId: string, roleId: string, endsAt: string][] | null;
  names: Record<string, string> | null;
};

function heldIn({ primary, direct, joined, carried, ends, names }: Told): Held[] {
  const membersUntil = new Map(joined);
  const carriedUntil = new Map(ends?.map(([groupId, roleId, until]) => [`${groupId}=${roleId}`, until]));
  const given = [...(primary ? [[primary, null] as const] : []), ...(direct ?? [])];
  const through = carried?.split(" ").map((pair): Held => {
    const [groupId = "", roleId = ""] = pair.split("=");
    return [roleId, groupId, names?.[groupId] ?? null, earliest(membersUntil.get(groupId), carriedUntil.get(pair))];
  });
  return [...given.map(([roleId, until]): Held => [roleId, null, null, until]), ...(through ?? [])];
}

/** Of two moments as PostgreSQL writes them; none is later than any. */
const earliest = (one: string | undefined, other: string | undefined): string | null =>
  one && other ? (new Date(one) < new Date(other) ? one : other) : (one ?? other ?? null);

/** The access of people whom another statement has selected. */
export async function accessFrom(db: Reads | Tx, personId: string, row: Omit<Found, "id">): Promise<Access> {
  const id = personId.toLowerCase();
  return (await accessesIn(db, [{ ...row, id }])).of(id);
}

const askHeld = keptBuilt((tx: Tx) =>
  tx
    .select({ id: sql<string>`${sql.placeholder("id")}::text`, ...holdingColumns })
    .from(holdingOf(sql`${sql.placeholder("personId")}::uuid`, sql`${sql.placeholder("at")}`)),
);

const heldByOne = (tx: Tx, { personId, at }: Asked): Promise<Found[]> =>
  askHeld(tx, { id: personId.toLowerCase(), personId, at: at.toISOString() });

function heldByAll(db: Reads | Tx, ids: string[], at: Date): Promise<Found[]> {
  const people = idArray(ids);
  return db
    .select({
      id: sql<string>`u.id`,
      version: catalogueVersion,
      endsAt: sql<Date | null>`u.access_ends_at`.mapWith(users.accessEndsAt),
      held: sql<Held[]>`coalesce(h.held, '[]')`,
    })
    .from(sql`users u left join (
      select person_id, json_agg(json_build_array(role_id, group_id, group_name, ends_at)) as held
        from ${heldRoles(people, at)} group by person_id) h on h.person_id = u.id
      where u.id = any(${people})`);
}

function originsOf(held: Held[]): Map<string, Origin[]> {
  const origins = new Map<string, Origin[]>();
  for (const [roleId, groupId, groupName, ends] of held) {
    const endsAt = ends === null ? null : new Date(ends);
    const origin: Origin = { via: groupId ? "group" : "direct", groupId, groupName, endsAt };
    origins.set(roleId, [...(origins.get(roleId) ?? []), origin]);
  }
  return origins;
}

/** What many people hold at one moment. People who hold the same have the same profile, which is computed once. */
export type Profiles = {
  /** The profile of each person. */
  of: Map<string, string>;
  /** What a profile holds: as `loadAccess`, but each role with one origin, that which lasts longest. */
  access: (profile: string) => Access;
};

/** In one look for all of them: 10,000 people cost little more than their rows. A person who does not exist has no profile. */
export async function profilesOf(db: Reads | Tx, people: string[], at: Date): Promise<Profiles> {
  const [found] = await db
    .select({
      version: catalogueVersion,
      alike: sql<{ profile: string; people: string[] }[]>`coalesce(json_agg(alike), '[]')`,
    })
    .from(
      sql`(select profile, json_agg(person_id) as people
             from (select person_id, string_agg(role_id || '=' || ends, ' ' order by role_id) as profile
                     from (select person_id, role_id,
                                  case when bool_or(ends_at is null) then ''
                                       else floor(extract(epoch from max(ends_at)) * 1000)::text end as ends
                             from ${heldRoles(idArray(people), at)} held
                            group by person_id, role_id) lasting
                    group by person_id) one
            group by profile) alike`,
    );
  if (!found) throw new Error("An aggregate gives one row");
  const catalogue = await catalogueOf(db, found.version);
  const made = new Map(found.alike.map(({ profile }) => [profile, accessOf(catalogue, nothing, originsIn(profile))]));
  return {
    of: new Map(found.alike.flatMap(({ profile, people: alike }) => alike.map((id) => [id, profile] as const))),
    access: (profile) => made.get(profile) ?? nothing,
  };
}

const nothing: Access = { personId: "", endsAt: null, roles: [], appOperations: [] };

/** The head of a query about these people, however many: `wanted (id)`. */
export const wanted = (ids: string[]) => sql`wanted as materialized (select unnest(${idArray(ids)}) as id)`;

const originsIn = (profile: string): Map<string, Origin[]> =>
  new Map(
    profile.split(" ").map((held) => {
      const [roleId = "", ends] = held.split("=");
      const endsAt = ends ? new Date(Number(ends)) : null;
      return [roleId, [{ via: "direct", groupId: null, groupName: null, endsAt }]];
    }),
  );
