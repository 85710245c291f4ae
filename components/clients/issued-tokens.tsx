"use client";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from "react";
import type { ClientView } from "@/components/clients/client-view";
import { useClientStates } from "@/components/clients/use-client-states";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { useBeforehand } from "@/components/ui/use-beforehand";
import { usePressedByAddress } from "@/components/ui/use-pressed-by-address";
import { useUsed } from "@/components/ui/use-used";
import { generateId } from "@/lib/clients/paths";
import type { ClientList, ClientRow, ClientState } from "@/lib/clients/queries";
import type { IssuedToken } from "@/lib/clients/token";

const GenerateDialog = late(() =>
  import("@/components/clients/generate-dialog").then((module) => module.GenerateDialog),
);
const loadToken = () => import("@/components/clients/token-dialog");
const TokenDialog = late(() => loadToken().then((module) => module.TokenDialog));

interface Issuing {
  generate: () => void;
  /** Shows a new token. `opener`: the id of the button that was pressed. */
  issue: (token: IssuedToken, opener: string) => void;
  /** The token that is in the open dialog: it is not lost yet. */
  shownToken: string | undefined;
}

const IssuingContext = createContext<Issuing | null>(null);

export function useIssuing(): Issuing {
  const issuing = use(IssuingContext);
  if (!issuing) throw new Error("A token is issued outside of IssuedTokens");
  return issuing;
}

interface IssuedTokensProps {
  owner: ClientList["owner"];
  rows: ClientRow[];
  /** What gives a new token, should one be lost. */
  renewal: string;
  view: Pick<ClientView, "server" | "clientHash" | "zone" | "now">;
  children: ReactNode;
}

/** The dialogs of a page of clients: the name of a new one, and the token that was just issued. */
export function IssuedTokens({ owner, rows, renewal, view, children }: IssuedTokensProps) {
  const [naming, setNaming] = useState(false);
  const named = useUsed(naming);
  useBeforehand(loadToken);
  const [issued, setIssued] = useState<(IssuedToken & { opener: string }) | null>(null);
  const states = useWatch(rows, issued, view.now);
  const shownToken = issued?.tokenId;
  const issuing = useMemo<Issuing>(
    () => ({
      generate: () => setNaming(true),
      issue: (token, opener) => setIssued({ ...token, opener }),
      shownToken,
    }),
    [shownToken],
  );
  return (
    <IssuingContext value={issuing}>
      {children}
      {named && (
        <GenerateDialog
          open={naming}
          onOpenChange={setNaming}
          owner={owner}
          onIssued={(token) => {
            setNaming(false);
            issuing.issue(token, generateId);
          }}
        />
      )}
      {issued && (
        <TokenDialog
          key={issued.tokenId}
          issued={issued}
          state={states.find(({ id }) => id === issued.clientId)}
          view={view}
          renewal={renewal}
          onClosed={() => setIssued(null)}
          opener={issued.opener}
        />
      )}
    </IssuingContext>
  );
}

export function GenerateButton({ reason }: { reason: string | undefined }) {
  const { generate } = useIssuing();
  usePressedByAddress(generateId);
  return (
    <Button
      id={generateId}
      className="scroll-mt-80"
      variant="primary"
      data-creates=""
      reason={reason}
      showReason
      onClick={generate}
    >
      <SpriteIcon name="plus" />
      Generate
    </Button>
  );
}

/** Asks for what is awaited, and draws the page again as soon as one of its rows has turned. */
function useWatch(rows: ClientRow[], issued: IssuedToken | null, now: Date): ClientState[] {
  const router = useRouter();
  const drawn = useRef("");
  const awaited = rows.filter(({ awaiting, tokenExpiresAt }) => awaiting && tokenExpiresAt > now);
  const shown = issued ? [{ id: issued.clientId, tokenExpiresAt: issued.expiresAt }] : [];
  const waiting = [...awaited, ...shown];
  const ids = [...new Set(waiting.map(({ id }) => id))].sort();
  const until = Math.max(0, ...waiting.map(({ tokenExpiresAt }) => tokenExpiresAt.getTime()));
  const states = useClientStates(ids, issued?.tokenId, until);
  const turned = states.filter((state) => {
    const row = rows.find(({ id }) => id === state.id);
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
