"use client";
import { Archive, Ban, CircleCheck, Ellipsis, Lock, Mail, UsersRound } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactNode, useMemo } from "react";
import { Glyphs } from "@/components/list/glyph";
import type { Heads } from "@/components/list/heads-of";
import { ListHead, type ListHeadProps } from "@/components/list/list-head";
import { type Packed, unpacked } from "@/components/list/packed";
import { PackedRows } from "@/components/list/packed-rows";
import { Table, TableHead } from "@/components/list/table";
import { Waits } from "@/components/ui/waiting";
import type { ColumnOf } from "@/lib/lists/declare-list";
import type { userList } from "@/lib/users/filters";
import { type ListAbilities, type ShownUser, UserRow } from "./user-row";

const fetchMenu = () => import("./row-menu");
const RowMenu = dynamic(() => fetchMenu().then((module) => module.RowMenu), { ssr: false, loading: Waits });

const icons = {
  more: Ellipsis,
  group: UsersRound,
  active: CircleCheck,
  invited: Mail,
  disabled: Ban,
  locked: Lock,
  archived: Archive,
};

/** How the head of a column looks. Looks of its cells: `user-rows.css`. */
const looks: [ColumnOf<typeof userList>, ListHeadProps["look"]][] = [
  ["name", { width: "w-[14%] max-l:w-[22%]" }],
  ["username", { width: "w-[8.5%] max-l:w-[13%]", priority: 2 }],
  ["email", {}],
  ["roles", { width: "w-[18%] max-m:w-[24%]" }],
  ["configuration", { width: "w-[98px]", priority: 3 }],
  ["groups", { width: "w-[8%]", priority: 3 }],
  ["status", { width: "w-[92px]" }],
  ["clients", { width: "w-[60px]", priority: 2, align: "end" }],
  ["lastSignInAt", { width: "w-[94px]" }],
  ["actions", { width: "w-[98px]", hidden: true }],
];

type UserTableProps = {
  label: string;
  users: Packed<ShownUser[]>;
  heads: Heads<typeof userList>;
  may: ListAbilities;
  zone: string;
  now: Date;
  /** Stands there where nobody is listed. */
  empty: ReactNode;
};

export function UserTable({ label, users, heads, may, zone, now, empty }: UserTableProps) {
  const rows = useMemo(
    () =>
      unpacked(users).map((user) => ({
        id: user.id,
        row: <UserRow user={user} edit={may.edit} zone={zone} now={now} />,
      })),
    [users, may.edit, zone, now],
  );
  return (
    <Table label={label} empty={empty} className="s:table-fixed">
      <TableHead>
        {looks.map(([key, look]) => (
          <ListHead key={key} head={heads[key]} look={look}>
            {key === "actions" && <Glyphs icons={icons} />}
          </ListHead>
        ))}
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
