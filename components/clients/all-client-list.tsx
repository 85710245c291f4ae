"use client";
import { NoticedAlarms } from "@/components/clients/client-alarms";
import { hasClientMenu } from "@/components/clients/client-offers";
import { ClientStatus, Connection } from "@/components/clients/client-status";
import { ClientVersion } from "@/components/clients/client-version";
import type { Heads } from "@/components/list/heads-of";
import { type Columns, ListTable } from "@/components/list/list-table";
import { MoreButton } from "@/components/list/more-button";
import type { Packed } from "@/components/list/packed";
import { PackedActions } from "@/components/list/row-actions";
import { useUnpacked } from "@/components/list/use-unpacked";
import { PersonCell } from "@/components/sessions/person-cell";
import { late } from "@/components/ui/late";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { Time } from "@/components/ui/time";
import type { ListedClient } from "@/lib/clients/all";
import type { allClientList } from "@/lib/clients/all-filters";

const fetchMenu = () => import("@/components/clients/client-menu");
const ClientMenu = late(() => fetchMenu().then((module) => module.ClientMenu));

type AllClientListProps = {
  label: string;
  heads: Heads<typeof allClientList>;
  rows: Packed<ListedClient[]>;
  zone: string;
  now: Date;
};

/** Every client in sight; what gives tokens to one is on its user's page. */
export function AllClientList({ label, heads, rows, zone, now }: AllClientListProps) {
  const columns: Columns<typeof allClientList, ListedClient> = {
    name: {
      card: "name",
      title: ({ name }) => name,
      cell: (client) => (
        <>
          <span className="flex min-w-0 items-center gap-2">
            <SpriteIcon name="monitor" className="flex-none text-icon" />
            <span className="truncate font-medium text-ink">{client.name}</span>
          </span>
          <NoticedAlarms client={client} renewal={null} />
        </>
      ),
    },
    user: {
      width: "w-[19%]",
      card: "foot",
      cell: ({ person }) => (
        <PersonCell person={person} href={person.visible ? `/admin/users/${person.id}/clients` : undefined} />
      ),
    },
    status: {
      width: "w-[128px]",
      card: "status",
      state: true,
      cell: ({ status }) => <ClientStatus status={status} />,
    },
    connection: {
      width: "w-[148px]",
      card: "foot-end",
      state: true,
      cell: ({ connection }) => <Connection connection={connection} />,
    },
    version: {
      width: "w-[13%]",
      title: ({ version }) => version ?? "",
      cell: (client) => (
        <>
          <span className="text-muted s:hidden">version </span>
          <ClientVersion client={client} />
        </>
      ),
    },
    platform: {
      width: "w-[12%]",
      priority: 3,
      card: "off",
      title: ({ platform }) => platform ?? "",
      cell: ({ platform }) => platform ?? <span className="text-muted">not known yet</span>,
    },
    lastContact: {
      width: "w-[124px]",
      priority: 2,
      card: "foot",
      cell: ({ lastHeartbeatAt }) =>
        lastHeartbeatAt ? (
          <>
            <span className="s:hidden">last contact </span>
            <Time at={lastHeartbeatAt} zone={zone} now={now} />
          </>
        ) : (
          <span className="text-muted">
            <span className="s:hidden">last contact: </span>never
          </span>
        ),
    },
    actions: {
      width: "w-[84px]",
      hidden: true,
      card: "foot-end",
      className: "overflow-visible",
      cell: (client) => (
        <PackedActions>
          {hasClientMenu(client.abilities) && <MoreButton id={client.id} about={client.name} />}
        </PackedActions>
      ),
    },
  };
  const clients = useUnpacked(rows);
  return (
    <ListTable
      label={label}
      heads={heads}
      columns={columns}
      rows={clients}
      idOf={({ id }) => id}
      fetchMenu={fetchMenu}
      menu={(pressed) => {
        const client = clients.find(({ id }) => id === pressed.id);
        return client && <ClientMenu key={client.id} pressed={pressed} client={client} abilities={client.abilities} />;
      }}
    />
  );
}
