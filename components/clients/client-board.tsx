import { ClientTable } from "@/components/clients/client-table";
import type { ClientView } from "@/components/clients/client-view";
import { ConnectionLegend } from "@/components/clients/connection-legend";
import { GenerateButton, IssuedTokens } from "@/components/clients/issued-tokens";
import { AddressNotes } from "@/components/list/address-notes";
import { ColumnsMenu } from "@/components/list/columns-menu";
import { Pager } from "@/components/list/pager";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import { pausedBy } from "@/lib/clients/policy";
import type { ClientList } from "@/lib/clients/queries";
import { given, withQuery } from "@/lib/lists/search-params";

/** One person's clients with everything that can be done to them; each action works at once (C8). */
export function ClientBoard({ list, view }: { list: ClientList; view: ClientView }) {
  const { owner, abilities, page } = list;
  const { server, clientHash, zone, now } = view;
  const mayNothing = Object.values(abilities).every((decision) => !decision.ok && decision.code === "forbidden");
  return (
    <IssuedTokens
      owner={owner}
      rows={page.rows}
      renewal={abilities.reprovision.ok || abilities.renew.ok ? "Reprovision" : "Deregister, then Reregister,"}
      view={{ server, clientHash, zone, now }}
    >
      <div className="mb-3 flex flex-wrap items-start gap-x-4 gap-y-2.5">
        <div className="min-w-0">
          <h2 className="text-sm font-semibold">{view.title}</h2>
          <p className="max-w-[68ch] text-ui text-muted">
            {mayNothing
              ? `View only.`
              : "A client is an installed program, and each gets its own token. Actions here take effect at once."}
          </p>
        </div>
        <div className="ml-auto flex flex-wrap items-start gap-2 max-s:w-full">
          {page.rows.length > 0 && <ColumnsMenu {...view.columns} />}
          {!mayNothing && (
            <div className="grid justify-items-end gap-1 max-s:flex-1 max-s:justify-items-stretch">
              <GenerateButton reason={abilities.generate.ok ? undefined : abilities.generate.reason} />
            </div>
          )}
        </div>
      </div>
      <AddressNotes fits={list.fits} ignored={list.ignored} />
      <Panel aria-label={`Clients of ${owner.name}`}>
        {page.rows.length > 0 ? (
          <ClientTable
            label={`Clients of ${owner.name}`}
            heads={view.heads}
            rows={page.rows}
            abilities={abilities}
            paused={pausedBy(owner)}
            zone={zone}
            now={now}
          />
        ) : (
          <Empty icon="key-round" title="No client yet">
            A client is a program installed on {view.own ? "your machine" : `a machine of ${owner.name}`}. “Generate”
            creates its one-time token.
          </Empty>
        )}
        {(page.previous || page.next) && (
          <Pager
            page={page}
            href={({ after, before }) =>
              withQuery(
                view.path,
                given([
                  ["after", after],
                  ["before", before],
                ]),
              )
            }
          />
        )}
      </Panel>
      {page.rows.length > 0 && <ConnectionLegend />}
    </IssuedTokens>
  );
}
