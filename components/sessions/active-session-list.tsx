"use client";
import { CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { Cell, HeadCell, RowActions, Table, TableBody, TableHead, TableRow } from "@/components/list/table";
import { LogoutButton } from "@/components/sessions/logout-button";
import { PersonCell } from "@/components/sessions/person-cell";
import { ThroughProvider } from "@/components/sessions/through-provider";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { RolesCell } from "@/components/users/roles-cell";
import type { ActiveSession } from "@/lib/sessions/active-users";

type ActiveSessionListProps = { rows: ActiveSession[]; zone: string; now: Date; empty: ReactNode };

/** Who is signed in, a row per session, with what ends it; the name leads to all of that person's, and what ends them. */
export function ActiveSessionList({ rows, zone, now, empty }: ActiveSessionListProps) {
  return (
    <Table label="Active Users" empty={empty} className="s:table-fixed">
      <TableHead>
        <HeadCell className="w-[19%]">Name</HeadCell>
        <HeadCell priority={2} className="w-[10.5%]">
          Username
        </HeadCell>
        <HeadCell priority={3} className="w-[12.5%]">
          Role
        </HeadCell>
        <HeadCell priority={3} className="w-[104px]">
          Last sign-in
        </HeadCell>
        <HeadCell className="w-[116px]">Address</HeadCell>
        <HeadCell>Device</HeadCell>
        <HeadCell className="w-[92px]">Since</HeadCell>
        <HeadCell className="w-[120px]">
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {rows.map((session) => (
          <SessionRow key={session.id} session={session} zone={zone} now={now} />
        ))}
      </TableBody>
    </Table>
  );
}

function SessionRow({ session, zone, now }: { session: ActiveSession; zone: string; now: Date }) {
  const { id, person, address, device, provider, agent, startedAt, own, mayEnd } = session;
  return (
    <TableRow>
      <Cell card="name">
        <PersonCell person={person} href={`/admin/users/${person.id}/sessions`} />
      </Cell>
      <Cell priority={2} card="off">
        {person.username}
      </Cell>
      <Cell priority={3}>
        <RolesCell roles={person.roles} brief />
      </Cell>
      <Cell priority={3} card="off">
        {person.lastSignInAt && <Time at={person.lastSignInAt} zone={zone} now={now} />}
      </Cell>
      <Cell className="tabular-nums" title={address}>
        {address}
      </Cell>
      <Cell title={agent}>
        {device}
        <ThroughProvider name={provider} />
        {own && (
          <Status tone="positive" icon={CircleCheck} className="ml-2 text-xs">
            This session
          </Status>
        )}
      </Cell>
      <Cell card="status">
        <Time at={startedAt} zone={zone} now={now} />
      </Cell>
      <Cell card="actions" className="overflow-visible">
        <RowActions always>
          {own ? (
            <SignOutButton size="s" />
          ) : (
            <LogoutButton
              session={{ id, device, address }}
              person={{ name: person.name }}
              reason={mayEnd.ok ? undefined : mayEnd.reason}
              about={`${person.name}, ${device}, ${address}`}
            />
          )}
        </RowActions>
      </Cell>
    </TableRow>
  );
}
