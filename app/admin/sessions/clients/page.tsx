import type { Metadata } from "next";
import { headsOf } from "@/components/list/heads-of";
import { ActiveClientList } from "@/components/sessions/active-client-list";
import { MomentList } from "@/components/sessions/moment-list";
import { currentColumns } from "@/lib/auth/columns";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import type { Params } from "@/lib/lists/search-params";
import { askActiveClients, countActiveClients, listActiveClients } from "@/lib/sessions/active-clients";
import { activeClientList } from "@/lib/sessions/filters";

export const metadata: Metadata = { title: "Active Clients" };

type Props = { searchParams: Promise<Params> };

export default async function ActiveClientsPage({ searchParams }: Props) {
  const ctx = await requireOperation("client.read");
  const asked = askActiveClients(await searchParams);
  const page = await listActiveClients(ctx, asked.filters);
  const zone = await currentZone();
  const shown = await currentColumns(activeClientList);
  return (
    <MomentList
      list={activeClientList}
      asked={asked}
      shown={shown}
      page={page}
      nouns={["client", "clients"]}
      none="No clients are online."
      among={page.rows.length === 0 ? await countActiveClients(ctx) : null}
      foot={
        <span>
          Online means a heartbeat within the last 2 minutes. "Disconnect" ends a client's tokens now; the client gets
          new ones with its key and reconnects. To stop it, use "Deregister" under "Client Provision" of its user.
        </span>
      }
    >
      {(empty) => (
        <ActiveClientList
          label={activeClientList.label}
          heads={headsOf(activeClientList, shown)}
          rows={page.rows}
          zone={zone}
          now={ctx.now()}
          empty={empty}
        />
      )}
    </MomentList>
  );
}
