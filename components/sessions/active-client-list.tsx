"use client";
import type { ReactNode } from "react";
import { Cell, HeadCell, Table, TableBody, TableHead, TableRow } from "@/components/list/table";
import { PersonCell } from "@/components/sessions/person-cell";
import { Time } from "@/components/ui/time";
import type { ActiveClient } from "@/lib/sessions/active-clients";

type ActiveClientListProps = { rows: ActiveClient[]; zone: string; now: Date; empty: ReactNode };

/** The clients that beat now. */
export function ActiveClientList({ rows, zone, now, empty }: ActiveClientListProps) {
  return (
    <Table label="Active Clients" empty={empty} className="s:table-fixed">
      <TableHead>
        <HeadCell>Client</HeadCell>
        <HeadCell>User</HeadCell>
        <HeadCell priority={2}>Username</HeadCell>
        <HeadCell>Address</HeadCell>
        <HeadCell priority={3}>Version</HeadCell>
        <HeadCell className="w-[110px]">Last beat</HeadCell>
      </TableHead>
      <TableBody>
        {rows.map(({ id, name, person, address, version, lastBeatAt }) => (
          <TableRow key={id}>
            <Cell card="name" title={name} className="font-medium text-ink">
              {name}
            </Cell>
            <Cell>
              <PersonCell person={person} href={person.visible ? `/admin/users/${person.id}/clients` : undefined} />
            </Cell>
            <Cell priority={2} card="off">
              {person.username}
            </Cell>
            <Cell card="foot" className="tabular-nums">
              {address ?? "unknown"}
            </Cell>
            <Cell priority={3} card="off">
              {version ?? "unknown"}
            </Cell>
            <Cell card="status">{lastBeatAt && <Time at={lastBeatAt} zone={zone} now={now} />}</Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
