"use client";
import type { ReactNode } from "react";
import { ClientVersion } from "@/components/clients/client-version";
import type { Heads } from "@/components/list/heads-of";
import { type Columns, ListTable } from "@/components/list/list-table";
import { RowActions } from "@/components/list/row-actions";
import { DisconnectButton } from "@/components/sessions/disconnect-button";
import { PersonCell } from "@/components/sessions/person-cell";
import { Time } from "@/components/ui/time";
import type { ActiveClient } from "@/lib/sessions/active-clients";
import type { activeClientList } from "@/lib/sessions/filters";

type ActiveClientListProps = {
  label: string;
  heads: Heads<typeof activeClientList>;
  rows: ActiveClient[];
  zone: string;
  now: Date;
  empty: ReactNode;
};

/** The clients that beat now, with what ends their tokens. */
export function ActiveClientList({ label, heads, rows, zone, now, empty }: ActiveClientListProps) {
  const columns: Columns<typeof activeClientList, ActiveClient> = {
    client: { card: "name", title: ({ name }) => name, className: "font-medium text-ink", cell: ({ name }) => name },
    user: {
      cell: ({ person }) => (
        <PersonCell person={person} href={person.visible ? `/admin/users/${person.id}/clients` : undefined} />
      ),
    },
    username: { priority: 2, card: "off", cell: ({ person }) => person.username },
    address: { card: "foot", className: "tabular-nums", cell: ({ address }) => address ?? "unknown" },
    version: { priority: 3, card: "off", cell: (client) => <ClientVersion client={client} /> },
    lastBeat: {
      width: "w-[110px]",
      card: "status",
      cell: ({ lastBeatAt }) => lastBeatAt && <Time at={lastBeatAt} zone={zone} now={now} />,
    },
    actions: {
      width: "w-[130px]",
      hidden: true,
      card: "actions",
      className: "overflow-visible",
      cell: (client) => (
        <RowActions always>
          <DisconnectButton client={client} />
        </RowActions>
      ),
    },
  };
  return <ListTable label={label} heads={heads} columns={columns} rows={rows} idOf={({ id }) => id} empty={empty} />;
}
