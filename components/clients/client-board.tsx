"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { ClientTable } from "@/components/clients/client-table";
import type { ClientView } from "@/components/clients/client-view";
import { ConnectionLegend } from "@/components/clients/connection-legend";
import { useClientStates } from "@/components/clients/use-client-states";
import { AddressNotes } from "@/components/list/address-notes";
import { ColumnsMenu } from "@/components/list/columns-menu";
import { Pager } from "@/components/list/pager";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import { Panel } from "@/components/ui/panel";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { useBeforehand } from "@/components/ui/use-beforehand";
import { usePressedByAddress } from "@/components/ui/use-pressed-by-address";
import { useUsed } from "@/components/ui/use-used";
import { generateId } from "@/lib/clients/paths";
import type { ClientList, ClientState } from "@/lib/clients/queries";
import type { IssuedToken } from "@/lib/clients/token";
import { given, withQuery } from "@/lib/lists/search-params";

const GenerateDialog = late(() =>
  import("@/components/clients/generate-dialog").then((module) => module.GenerateDialog),
);
const loadToken = () => import("@/components/clients/token-dialog");
const TokenDialog = late(() => loadToken().then((module) => module.TokenDialog));

/** One person's clients with everything that can be done to them; each action works at once (C8). */
export function ClientBoard({ list, view }: { list: ClientList; view: ClientView }) {
  const { owner, abilities, page } = list;
  const [naming, setNaming] = useState(false);
  const named = useUsed(naming);
  useBeforehand(loadToken);
  usePressedByAddress(generateId);
  const [issued, setIssued] = useState<(IssuedToken & { opener: string }) | null>(null);
  const states = useWatch(list, issued, view.now);
  const mayNothing = Object.values(abilities).every((decision) => !decision.ok && decision.code === "forbidden");
  const reason = abilities.generate.ok ? undefined : abilities.generate.reason;

  return (
    <>
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
              <Button
                id={generateId}
                className="scroll-mt-80"
                variant="primary"
                data-creates=""
                reason={reason}
                showReason
                onClick={() => setNaming(true)}
              >
                <SpriteIcon name="plus" />
                Generate
              </Button>
            </div>
          )}
        </div>
      </div>
      <AddressNotes fits={list.fits} ignored={list.ignored} />
      <Panel aria-label={`Clients of ${owner.name}`}>
        <ClientTable
          list={list}
          view={view}
          shownToken={issued?.tokenId}
          onIssued={(token, opener) => setIssued({ ...token, opener })}
        />
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
      {named && (
        <GenerateDialog
          open={naming}
          onOpenChange={setNaming}
          owner={owner}
          onIssued={(token) => {
            setNaming(false);
            setIssued({ ...token, opener: generateId });
          }}
        />
      )}
      {issued && (
        <TokenDialog
          key={issued.tokenId}
          issued={issued}
          state={states.find(({ id }) => id === issued.clientId)}
          view={view}
          renewal={abilities.reprovision.ok || abilities.renew.ok ? "Reprovision" : "Deregister, then Reregister,"}
          onClosed={() => setIssued(null)}
          opener={issued.opener}
        />
      )}
    </>
  );
}

/** Asks for what is awaited, and draws the page again as soon as one of its rows has turned. */
function useWatch({ page }: ClientList, issued: IssuedToken | null, now: Date): ClientState[] {
  const router = useRouter();
  const drawn = useRef("");
  const awaited = page.rows.filter(({ awaiting, tokenExpiresAt }) => awaiting && tokenExpiresAt > now);
  const shown = issued ? [{ id: issued.clientId, tokenExpiresAt: issued.expiresAt }] : [];
  const waiting = [...awaited, ...shown];
  const ids = [...new Set(waiting.map(({ id }) => id))].sort();
  const until = Math.max(0, ...waiting.map(({ tokenExpiresAt }) => tokenExpiresAt.getTime()));
  const states = useClientStates(ids, issued?.tokenId, until);
  const turned = states.filter((state) => {
    const row = page.rows.find(({ id }) => id === state.id);
    return (
      row?.awaiting && (row.status !== state.status || !state.awaiting || row.tokenLastFour !== state.tokenLastFour)
    );
  });
  const sign = JSON.stringify(turned);

  useEffect(() => {
    if (sign === "[]" || sign === drawn.current) return;
    drawn.current = sign;
    router.refresh();
  }, [sign, router]);

  return states;
}
