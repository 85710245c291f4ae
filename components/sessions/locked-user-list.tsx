"use client";
import type { ReactNode } from "react";
import { Cell, HeadCell, RowActions, Table, TableBody, TableHead, TableRow } from "@/components/list/table";
import { PersonCell } from "@/components/sessions/person-cell";
import { Time } from "@/components/ui/time";
import { RolesCell } from "@/components/users/roles-cell";
import { UnlockButton } from "@/components/users/unlock-button";
import type { LockedUser } from "@/lib/sessions/locked-users";

type LockedUserListProps = { rows: LockedUser[]; zone: string; now: Date; empty: ReactNode };

/** Who is locked, since when, until when, and what ends it. */
export function LockedUserList({ rows, zone, now, empty }: LockedUserListProps) {
  return (
    <Table label="Locked Users" empty={empty} className="s:table-fixed">
      <TableHead>
        <HeadCell>Name</HeadCell>
        <HeadCell priority={2}>Username</HeadCell>
        <HeadCell priority={3}>Role</HeadCell>
        <HeadCell className="w-[110px]">Since</HeadCell>
        <HeadCell className="w-[200px]">Until</HeadCell>
        <HeadCell className="w-[110px]">
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {rows.map(({ since, until, mayUnlock, ...person }) => (
          <TableRow key={person.id}>
            <Cell card="name">
              <PersonCell person={person} href={`/admin/users/${person.id}`} />
            </Cell>
            <Cell priority={2} card="off">
              {person.username}
            </Cell>
            <Cell priority={3}>
              <RolesCell roles={person.roles} />
            </Cell>
            <Cell card="status">
              <Time at={since} zone={zone} now={now} />
            </Cell>
            <Cell card="foot" state>
              {until ? <Time at={until} zone={zone} now={now} form="exact" /> : <span>An administrator unlocks</span>}
            </Cell>
            <Cell card="foot-end" className="overflow-visible">
              <RowActions always>
                <UnlockButton
                  size="s"
                  person={{ id: person.id, name: person.name }}
                  reason={mayUnlock.ok ? undefined : mayUnlock.reason}
                  aria-description={person.name}
                />
              </RowActions>
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
