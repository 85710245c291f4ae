import type { ReactNode } from "react";
import { SortLink } from "@/components/list/sort-link";
import { HeadCell, Table, TableBody, TableHead } from "@/components/list/table";
import { sortOf } from "@/lib/lists/search-params";
import { sortHref, type UserFilters, type UserSort } from "@/lib/users/filters";
import type { ListedUser } from "@/lib/users/list/rows";
import { type ListAbilities, UserRow } from "./user-row";

type UserListProps = {
  rows: ListedUser[];
  filters: UserFilters;
  may: ListAbilities;
  zone: string;
  now: Date;
  /** Stands there where nobody is listed. */
  empty: ReactNode;
};

export function UserList({ rows, filters, may, zone, now, empty }: UserListProps) {
  const { by, descending } = sortOf(filters);
  const sort = (key: UserSort) => ({
    href: sortHref(filters, key),
    sorted: by === key ? (descending ? ("descending" as const) : ("ascending" as const)) : undefined,
  });
  return (
    <Table label={filters.view === "archived" ? "Archived users" : "Users"} empty={empty} className="s:table-fixed">
      <TableHead>
        <SortLink {...sort("name")} className="w-[14%] max-l:w-[22%]">
          Name
        </SortLink>
        <SortLink {...sort("username")} priority={2} className="w-[8.5%] max-l:w-[13%]">
          Username
        </SortLink>
        <SortLink {...sort("email")}>Email</SortLink>
        <HeadCell className="w-[18%] max-m:w-[24%]">Roles</HeadCell>
        <SortLink {...sort("configuration")} priority={3} className="w-[98px]">
          Configuration
        </SortLink>
        <HeadCell priority={3} className="w-[8%]">
          Groups
        </HeadCell>
        <SortLink {...sort("status")} className="w-[92px]">
          Status
        </SortLink>
        <HeadCell priority={2} align="end" className="w-[60px]">
          Clients
        </HeadCell>
        <SortLink {...sort("lastSignInAt")} className="w-[94px]">
          Last sign-in
        </SortLink>
        <HeadCell className="w-[98px]">
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {rows.map((user) => (
          <UserRow key={user.id} user={user} may={may} zone={zone} now={now} />
        ))}
      </TableBody>
    </Table>
  );
}
