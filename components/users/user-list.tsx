import type { ReactNode } from "react";
import { headsOf } from "@/components/list/heads-of";
import { packed } from "@/components/list/packed";
import { withoutHidden } from "@/lib/lists/columns";
import type { ColumnOf } from "@/lib/lists/declare-list";
import type { ListedUser } from "@/lib/people/rows";
import { type UserFilters, userList } from "@/lib/users/filters";
import type { ListAbilities, ShownUser } from "./user-row";
import { UserTable } from "./user-table";

type UserListProps = {
  rows: ListedUser[];
  filters: UserFilters;
  /** The columns that are shown. */
  shown: ColumnOf<typeof userList>[];
  may: ListAbilities;
  zone: string;
  now: Date;
  /** Shown where nobody is listed. */
  empty: ReactNode;
};

/** The list of users, packed for `UserTable`. */
export function UserList({ rows, filters, shown, may, zone, now, empty }: UserListProps) {
  return (
    <UserTable
      label={filters.view === "archived" ? "Archived users" : userList.label}
      users={packed(withoutHidden(userList, shown, rows.map(inRow)))}
      heads={headsOf(userList, shown, filters)}
      may={may}
      zone={zone}
      now={now}
      empty={empty}
    />
  );
}

/** As much of somebody as a row shows; a user name is shown where the email does not say it. */
const inRow = ({ createdAt: _, roles, username, ...user }: ListedUser): ShownUser => ({
  ...user,
  username,
  ...(saysOtherwise(username, user) && { alias: username }),
  roles: roles.map(({ name, kind, groups }) => ({ name, kind, groups })),
});

const saysOtherwise = (username: string, { name, email }: Pick<ListedUser, "name" | "email">) =>
  ![name, email, email.split("@")[0]].some((known) => known?.toLowerCase() === username.toLowerCase());
