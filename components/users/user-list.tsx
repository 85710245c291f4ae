import type { ReactNode } from "react";
import type { ListedUser } from "@/lib/people/rows";
import { sortOf } from "@/lib/query";
import { sortHref, type UserFilters, type UserSort } from "@/lib/users/filters";
import { packUsers } from "./packed-users";
import type { ListAbilities } from "./user-row";
import { type SortedColumn, UserTable } from "./user-table";

type UserListProps = {
  rows: ListedUser[];
  filters: UserFilters;
  may: ListAbilities;
  zone: string;
  now: Date;
  /** Stands there where nobody is listed. */
  empty: ReactNode;
};

/** The list of users, packed for `UserTable`. */
export function UserList({ rows, filters, may, zone, now, empty }: UserListProps) {
  const { by, descending } = sortOf(filters);
  const sort = (key: UserSort & SortedColumn) => sortHref(filters, key);
  return (
    <UserTable
      label={filters.view === "archived" ? "Archived users" : "Users"}
      users={packUsers(rows)}
      sorts={{
        name: sort("name"),
        username: sort("username"),
        email: sort("email"),
        configuration: sort("configuration"),
        status: sort("status"),
        lastSignInAt: sort("lastSignInAt"),
      }}
      by={by}
      descending={descending}
      may={may}
      zone={zone}
      now={now}
      empty={empty}
    />
  );
}
