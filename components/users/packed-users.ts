import type { ListedUser } from "@/lib/people/rows";

/** Places of names in the list's `words`. */
type Names = number[];

/** A role that is held directly, or one with the groups that it comes through. The first may be the primary one. */
type PackedRole = number | [role: number, groups: Names];

export type PackedUser = [
  id: string,
  name: string,
  username: string,
  email: string,
  primary: number | null,
  additional: PackedRole[],
  configuration: number,
  groups: Names,
  groupCount: number,
  status: ListedUser["status"],
  registered: number,
  clients: number,
  /** In seconds, or 0. */
  lastSignIn: number,
  picture: string | 0,
];

/** The rows of a page as they travel: no name of a property, and each name of a role, group or configuration once. */
export interface PackedUsers {
  rows: PackedUser[];
  words: string[];
}

export function packUsers(users: ListedUser[]): PackedUsers {
  const places = new Map<string, number>();
  const place = (word: string) => {
    const known = places.get(word) ?? places.size;
    places.set(word, known);
    return known;
  };
  const rows = users.map((user): PackedUser => {
    const primary = user.roles.find(({ kind }) => kind === "primary");
    const additional = user.roles.filter((role) => role !== primary);
    return [
      user.id,
      user.name,
      user.username,
      user.email,
      primary ? place(primary.name) : null,
      additional.map(({ name, groups }) => (groups.length > 0 ? [place(name), groups.map(place)] : place(name))),
      place(user.configuration),
      user.groups.names.map(place),
      user.groups.count,
      user.status,
      user.clients.registered,
      user.clients.total,
      Math.floor((user.lastSignInAt?.getTime() ?? 0) / 1_000),
      user.picture ?? 0,
    ];
  });
  return { rows, words: [...places.keys()] };
}
