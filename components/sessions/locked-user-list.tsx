"use client";
import type { ReactNode } from "react";
import type { Heads } from "@/components/list/heads-of";
import { type Columns, ListTable } from "@/components/list/list-table";
import { RowActions } from "@/components/list/row-actions";
import { PersonCell } from "@/components/sessions/person-cell";
import { Time } from "@/components/ui/time";
import { RolesCell } from "@/components/users/roles-cell";
import { UnlockButton } from "@/components/users/unlock-button";
import type { lockedUserList } from "@/lib/sessions/filters";
import type { LockedUser } from "@/lib/sessions/locked-users";

type LockedUserListProps = {
  label: string;
  heads: Heads<typeof lockedUserList>;
  rows: LockedUser[];
  zone: string;
  now: Date;
  empty: ReactNode;
};

/** Who is locked, since when, until when, and what ends it. */
export function LockedUserList({ label, heads, rows, zone, now, empty }: LockedUserListProps) {
  const columns: Columns<typeof lockedUserList, LockedUser> = {
    name: { card: "name", cell: (person) => <PersonCell person={person} href={`/admin/users/${person.id}`} /> },
    username: { priority: 2, card: "off", cell: ({ username }) => username },
    role: { priority: 3, cell: ({ roles }) => <RolesCell roles={roles} /> },
    since: { width: "w-[110px]", card: "status", cell: ({ since }) => <Time at={since} zone={zone} now={now} /> },
    until: {
      width: "w-[200px]",
      card: "foot",
      state: true,
      cell: ({ until }) =>
        until ? <Time at={until} zone={zone} now={now} form="exact" /> : <span>An administrator unlocks</span>,
    },
    actions: {
      width: "w-[110px]",
      hidden: true,
      card: "foot-end",
      className: "overflow-visible",
      cell: ({ id, name, mayUnlock }) => (
        <RowActions always>
          <UnlockButton
            size="s"
            person={{ id, name }}
            reason={mayUnlock.ok ? undefined : mayUnlock.reason}
            aria-description={name}
          />
        </RowActions>
      ),
    },
  };
  return <ListTable label={label} heads={heads} columns={columns} rows={rows} idOf={({ id }) => id} empty={empty} />;
}
