"use client";
import type { ReactNode } from "react";
import { SignOutButton } from "@/components/auth/sign-out-button";
import type { Heads } from "@/components/list/heads-of";
import { type Columns, ListTable } from "@/components/list/list-table";
import { RowActions } from "@/components/list/row-actions";
import { LogoutButton } from "@/components/sessions/logout-button";
import { PersonCell } from "@/components/sessions/person-cell";
import { ThroughProvider } from "@/components/sessions/through-provider";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { RolesCell } from "@/components/users/roles-cell";
import type { ActiveSession } from "@/lib/sessions/active-users";
import type { activeUserList } from "@/lib/sessions/filters";

type ActiveSessionListProps = {
  label: string;
  heads: Heads<typeof activeUserList>;
  rows: ActiveSession[];
  zone: string;
  now: Date;
  empty: ReactNode;
};

/** Who is signed in, a row per session, with what ends it; the name leads to all of that person's, and what ends them. */
export function ActiveSessionList({ label, heads, rows, zone, now, empty }: ActiveSessionListProps) {
  const columns: Columns<typeof activeUserList, ActiveSession> = {
    name: {
      width: "w-[19%]",
      card: "name",
      cell: ({ person }) => <PersonCell person={person} href={`/admin/users/${person.id}/sessions`} />,
    },
    username: { width: "w-[10.5%]", priority: 2, card: "off", cell: ({ person }) => person.username },
    role: { width: "w-[12.5%]", priority: 3, cell: ({ person }) => <RolesCell roles={person.roles} brief /> },
    lastSignIn: {
      width: "w-[104px]",
      priority: 3,
      card: "off",
      cell: ({ person: { lastSignInAt } }) => lastSignInAt && <Time at={lastSignInAt} zone={zone} now={now} />,
    },
    address: {
      width: "w-[116px]",
      className: "tabular-nums",
      title: ({ address }) => address,
      cell: ({ address }) => address,
    },
    device: { title: ({ agent }) => agent, cell: (session) => <DeviceCell session={session} /> },
    since: {
      width: "w-[92px]",
      card: "status",
      cell: ({ startedAt }) => <Time at={startedAt} zone={zone} now={now} />,
    },
    actions: {
      width: "w-[120px]",
      hidden: true,
      card: "actions",
      className: "overflow-visible",
      cell: (session) => <EndCell session={session} />,
    },
  };
  return <ListTable label={label} heads={heads} columns={columns} rows={rows} idOf={({ id }) => id} empty={empty} />;
}

function DeviceCell({ session: { device, provider, own } }: { session: ActiveSession }) {
  return (
    <>
      {device}
      <ThroughProvider name={provider} />
      {own && (
        <Status tone="positive" icon="circle-check" className="ml-2 text-xs!">
          This session
        </Status>
      )}
    </>
  );
}

function EndCell({ session: { id, person, device, address, own, mayEnd } }: { session: ActiveSession }) {
  return (
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
  );
}
