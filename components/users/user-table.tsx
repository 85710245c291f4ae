"use client";
import { type ReactNode, useMemo } from "react";
import type { Head, Heads } from "@/components/list/heads-of";
import { ListHead, type ListHeadProps } from "@/components/list/list-head";
import { type Packed, unpacked } from "@/components/list/packed";
import { PackedRows } from "@/components/list/packed-rows";
import { Table, TableHead } from "@/components/list/table";
import { late } from "@/components/ui/late";
import type { ColumnOf } from "@/lib/lists/declare-list";
import type { userList } from "@/lib/users/filters";
import { type ListAbilities, type ShownUser, UserRow } from "./user-row";

const fetchMenu = () => import("./row-menu");
const RowMenu = late(() => fetchMenu().then((module) => module.RowMenu));

/** How the head of a column looks. Looks of its cells: `user-rows.css`. */
const looks: Record<ColumnOf<typeof userList>, ListHeadProps["look"]> = {
  name: { width: "w-[84px]" },
  email: {},
  username: { width: "w-[10%]", priority: 2 },
  roles: { width: "w-[24%]" },
  configuration: { width: "w-[108px]", priority: 3 },
  groups: { width: "w-[13%]", priority: 3 },
  status: { width: "w-[100px]" },
  clients: { width: "w-[68px]", priority: 2, align: "end" },
  lastSignInAt: { width: "w-[104px]" },
  actions: { width: "w-[98px]", hidden: true },
};

type Column = keyof typeof looks;

type UserTableProps = {
  label: string;
  users: Packed<ShownUser[]>;
  heads: Heads<typeof userList>;
  may: ListAbilities;
  zone: string;
  now: Date;
  /** Shown where nobody is listed. */
  empty: ReactNode;
};

export function UserTable({ label, users, heads, may, zone, now, empty }: UserTableProps) {
  const columns = Object.keys(heads) as Column[];
  const sign = columns.join(" ");
  const rows = useMemo(() => {
    const shown = new Set(sign.split(" ") as Column[]);
    return unpacked(users).map((user) => ({
      id: user.id,
      row: <UserRow user={user} shown={shown} edit={may.edit} zone={zone} now={now} />,
    }));
  }, [users, sign, may.edit, zone, now]);
  return (
    <Table label={label} empty={empty} className="s:table-fixed">
      <TableHead>
        {headOrder(columns).map((key) => (
          <ListHead key={key} head={heads[key] as Head} look={looks[key]} />
        ))}
      </TableHead>
      <PackedRows
        rows={rows}
        className="packed user-rows"
        fetchMenu={fetchMenu}
        menu={(pressed) => <RowMenu key={pressed.id} pressed={pressed} may={may} />}
      />
    </Table>
  );
}

/** Name and email head one column, one above the other. */
const headOrder = (columns: Column[]): Column[] => [
  "name",
  "email",
  ...columns.filter((key) => key !== "name" && key !== "email"),
];
