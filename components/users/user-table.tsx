"use client";
import { Archive, Ban, CircleCheck, Ellipsis, Lock, Mail, UsersRound } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactNode, useMemo } from "react";
import { Glyphs } from "@/components/list/glyph";
import { PackedRows } from "@/components/list/packed-rows";
import { SortLink } from "@/components/list/sort-link";
import { HeadCell, Table, TableHead } from "@/components/list/table";
import type { PackedUsers } from "./packed-users";
import { type ListAbilities, UserRow } from "./user-row";

const fetchMenu = () => import("./row-menu");
const RowMenu = dynamic(() => fetchMenu().then((module) => module.RowMenu), { ssr: false });

const icons = {
  more: Ellipsis,
  group: UsersRound,
  active: CircleCheck,
  invited: Mail,
  disabled: Ban,
  locked: Lock,
  archived: Archive,
};

export type SortedColumn = "name" | "username" | "email" | "configuration" | "status" | "lastSignInAt";

type UserTableProps = {
  label: string;
  users: PackedUsers;
  /** Where each head leads. */
  sorts: Record<SortedColumn, string>;
  by: string;
  descending: boolean;
  may: ListAbilities;
  zone: string;
  now: Date;
  /** Stands there where nobody is listed. */
  empty: ReactNode;
};

export function UserTable({ label, users, sorts, by, descending, may, zone, now, empty }: UserTableProps) {
  const sort = (key: SortedColumn) => ({
    href: sorts[key],
    sorted: by === key ? (descending ? ("descending" as const) : ("ascending" as const)) : undefined,
  });
  const rows = useMemo(
    () =>
      users.rows.map((user) => ({
        id: user[0],
        row: <UserRow user={user} words={users.words} edit={may.edit} zone={zone} now={now} />,
      })),
    [users, may.edit, zone, now],
  );
  return (
    <Table label={label} empty={empty} className="s:table-fixed">
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
          <Glyphs icons={icons} />
        </HeadCell>
      </TableHead>
      <PackedRows
        rows={rows}
        className="user-rows"
        fetchMenu={fetchMenu}
        menu={(pressed) => <RowMenu key={pressed.id} pressed={pressed} may={may} />}
      />
    </Table>
  );
}
