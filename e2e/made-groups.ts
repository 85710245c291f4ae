import { v7 } from "uuid";
import { searchText } from "@/lib/normalization/search";
import { type MadeRole, makeRole, removeRole } from "./made-roles";
import { withDatabase } from "./sign-in-as";

export type MadeGroup = { id: string; name: string };

type Draft = {
  /** A user name; nobody unless told. */
  owner?: string;
  roleIds?: string[];
  /** Ids of people who are in it without an end. */
  members?: string[];
};

/** A group of one journey alone, with a name that no other has. */
async function makeGroup(prefix: string, { owner, roleIds = [], members = [] }: Draft = {}): Promise<MadeGroup> {
  const id = v7();
  const name = `${prefix} ${id.slice(-8)}`;
  await withDatabase((sql) =>
    sql.begin(async (tx) => {
      await tx`
        insert into groups (id, name, name_key, search, owner_id)
        values (${id}, ${name}, ${name.toLowerCase()}, ${searchText(name)}, (select id from users where username_key = ${owner ?? null}))`;
      for (const roleId of roleIds) await tx`insert into group_roles (group_id, role_id) values (${id}, ${roleId})`;
      for (const userId of members) await tx`insert into group_members (group_id, user_id) values (${id}, ${userId})`;
    }),
  );
  return { id, name };
}

const roles: MadeRole[] = [];
const groups: string[] = [];

export async function roleWith(
  prefix: string,
  operations: [operation: string, scope: string][] = [],
): Promise<MadeRole> {
  const role = await makeRole(prefix, operations);
  roles.push(role);
  return role;
}

export async function groupWith(prefix: string, draft: Draft = {}): Promise<MadeGroup> {
  const group = await makeGroup(prefix, draft);
  groups.push(group.name);
  return group;
}

/** A role that the journey makes by hand is given back as well. */
export const alsoMade = (role: MadeRole) => roles.push(role);

/** So is a group. */
export const namedGroup = (name: string) => groups.push(name);

/** For after each journey, or every list of groups and roles would grow. */
export async function giveBack(): Promise<void> {
  for (const name of groups.splice(0))
    await withDatabase((sql) => sql`delete from groups where name_key = ${name.toLowerCase()}`);
  for (const role of roles.splice(0)) await removeRole(role);
}

/** Whether somebody is in a group, and until when. */
export const heldBy = (userId: string, groupId: string) =>
  withDatabase(async (sql) => {
    const [row] = await sql`select ends_at from group_members where user_id = ${userId} and group_id = ${groupId}`;
    return row && { endsAt: row.ends_at as Date | null };
  });
