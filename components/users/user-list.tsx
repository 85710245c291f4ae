import type { ReactNode } from "react";
import { headsOf } from "@/components/list/heads-of";
import { packed } from "@/components/list/packed";
import type { ListedUser } from "@/lib/people/rows";
import { type UserFilters, userList } from "@/lib/users/filters";
import type { ListAbilities, ShownUser } from "./user-row";
import { UserTable } from "./user-table";

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
  return (
    <UserTable
      label={filters.view === "archived" ? "Archived users" : userList.label}
      users={packed(rows.map(shown))}
      heads={headsOf(userList, filters)}
      may={may}
      zone={zone}
      now={now}
      empty={empty}
    />
  );
}

/** As much of somebody as a row shows. */
const shown = ({ createdAt: _, roles, ...user }: ListedUser): ShownUser => ({
  ...user,
  roles: roles.map(({ name, kind, groups }) => ({ name, kind, groups })),
});
