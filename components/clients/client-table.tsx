"use client";
import { ClientActions } from "@/components/clients/client-actions";
import { Alarm, NoticedAlarms } from "@/components/clients/client-alarms";
import { hasClientMenu } from "@/components/clients/client-offers";
import { ClientStatus, Connection } from "@/components/clients/client-status";
import { ClientVersion } from "@/components/clients/client-version";
import { useIssuing } from "@/components/clients/issued-tokens";
import type { Heads } from "@/components/list/heads-of";
import { type Columns, ListTable } from "@/components/list/list-table";
import { MoreButton } from "@/components/list/more-button";
import { RowActions } from "@/components/list/row-actions";
import { late } from "@/components/ui/late";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { Time } from "@/components/ui/time";
import type { clientList } from "@/lib/clients/filters";
import type { ClientAbilities, ClientRow } from "@/lib/clients/queries";

const fetchMenu = () => import("@/components/clients/client-menu");
const ClientMenu = late(() => fetchMenu().then((module) => module.ClientMenu));

interface ClientTableProps {
  label: string;
  heads: Heads<typeof clientList>;
  rows: ClientRow[];
  abilities: ClientAbilities;
  /** Why nobody can use any of them now. */
  paused: string | null;
  zone: string;
  now: Date;
}

export function ClientTable({ label, heads, rows, abilities, paused, zone, now }: ClientTableProps) {
  const { issue, shownToken } = useIssuing();
  const renewal = renewalOf(abilities);
  const columns: Columns<typeof clientList, ClientRow> = {
    name: {
      width: "w-[17%]",
      card: "name",
      className: "max-w-0 max-s:max-w-none",
      title: ({ name }) => name,
      cell: ({ name }) => (
        <span className="flex min-w-0 items-center gap-2">
          <SpriteIcon name="monitor" className="text-icon" />
          <span className="truncate font-medium text-ink">{name}</span>
        </span>
      ),
    },
    status: { width: "w-[12%]", card: "status", cell: ({ status }) => <ClientStatus status={status} /> },
    connection: {
      className: "max-s:whitespace-normal s:whitespace-normal",
      cell: (client) => (
        <span className="flex flex-wrap items-center gap-x-1.5">
          <Connection connection={client.connection} />
          <span className="text-xs text-muted s:max-m:hidden">
            {client.status !== "deregistered" && paused ? paused : <When client={client} zone={zone} now={now} />}
          </span>
        </span>
      ),
    },
    token: {
      width: "w-[17%]",
      card: "foot",
      className: "max-s:whitespace-normal s:py-1.5 s:whitespace-normal",
      cell: (client) => (
        <>
          <span className="font-mono whitespace-nowrap">
            {client.tokenPrefix}…{client.tokenLastFour}
          </span>
          <Alarms client={client} now={now} renewal={shownToken === undefined ? renewal(client) : null} />
        </>
      ),
    },
    version: {
      width: "w-[14%]",
      priority: 2,
      card: "foot-end",
      className: "text-muted",
      title: ({ version, platform }) => [version, platform].filter(Boolean).join(", "),
      cell: (client) => (
        <>
          <ClientVersion client={client} />
          {client.platform && `, ${client.platform}`}
        </>
      ),
    },
    actions: {
      width: "w-[252px]",
      hidden: true,
      card: "actions",
      className: "s:text-right",
      cell: (client) => (
        <RowActions always>
          <ClientActions client={client} abilities={abilities} onIssued={issue} />
          {hasClientMenu(abilities) && <MoreButton id={client.id} about={client.name} />}
        </RowActions>
      ),
    },
  };
  return (
    <ListTable
      label={label}
      heads={heads}
      columns={columns}
      rows={rows}
      idOf={({ id }) => id}
      fetchMenu={fetchMenu}
      menu={(pressed) => {
        const client = rows.find(({ id }) => id === pressed.id);
        return client && <ClientMenu key={client.id} pressed={pressed} client={client} abilities={abilities} />;
      }}
    />
  );
}

/** The button that gives a client in this state another token; null for people who may press none of them. */
function renewalOf({ renew, reprovision, reregister }: ClientAbilities) {
  return ({ status, awaiting }: ClientRow) => {
    if (status === "deregistered") return reregister.ok ? "Reregister" : null;
    if (reprovision.ok || (awaiting && renew.ok)) return "Reprovision";
    return reregister.ok ? "Deregister, then Reregister" : null;
  };
}

/** When it was heard of, or until when its token waits; an end is always exact. */
function When({ client, zone, now }: Pick<ClientTableProps, "zone" | "now"> & { client: ClientRow }) {
  const { connection, awaiting, lastHeartbeatAt, tokenExpiresAt } = client;
  if (awaiting)
    return (
      <>
        token {tokenExpiresAt > now ? "expires" : "expired"}{" "}
        <Time at={tokenExpiresAt} zone={zone} now={now} form="exact" />
      </>
    );
  if (!lastHeartbeatAt) return null;
  return (
    <>
      {connection === "online" ? "beat" : "last contact"} <Time at={lastHeartbeatAt} zone={zone} now={now} />
    </>
  );
}

/** What somebody should look at: C2 and C11. */
function Alarms({ client, now, renewal }: { client: ClientRow; now: Date; renewal: string | null }) {
  const open = client.awaiting && client.status !== "deregistered";
  const offer = renewal && ` ${renewal} gives a new one.`;
  return (
    <>
      <NoticedAlarms client={client} renewal={renewal} />
      {open && client.tokenExpiresAt <= now ? (
        <Alarm>token expired{offer && <span className="text-muted">.{offer}</span>}</Alarm>
      ) : (
        open &&
        !client.tokenConfirmed && (
          <Alarm>token not confirmed{offer && <span className="text-muted">.{offer}</span>}</Alarm>
        )
      )}
    </>
  );
}
