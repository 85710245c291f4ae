"use client";
import { createContext, type ReactNode, use, useMemo, useState } from "react";
import type { TokenView } from "@/components/tokens/token-view";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { useBeforehand } from "@/components/ui/use-beforehand";
import { usePressedByAddress } from "@/components/ui/use-pressed-by-address";
import { useUsed } from "@/components/ui/use-used";
import { newTokenId } from "@/lib/tokens/paths";
import type { ListedToken, TokenBoardData } from "@/lib/tokens/queries";
import type { IssuedToken } from "@/lib/tokens/store";

const MakeDialog = late(() => import("./make-dialog").then((module) => module.MakeDialog));
const RegenerateDialog = late(() => import("./regenerate-dialog").then((module) => module.RegenerateDialog));
const loadSecret = () => import("./secret-dialog");
const SecretDialog = late(() => loadSecret().then((module) => module.SecretDialog));

interface Asking {
  make: () => void;
  /** `opener`: the id of the button that was pressed. */
  regenerate: (token: ListedToken, opener: string) => void;
}

const AskingContext = createContext<Asking | null>(null);

export function useTokenDialogs(): Asking {
  const asking = use(AskingContext);
  if (!asking) throw new Error("A token is asked for outside of TokenDialogs");
  return asking;
}

type TokenDialogsProps = Pick<TokenBoardData, "holder" | "own" | "carriable" | "told"> & {
  /** Whether a new one may be made now. */
  makes: boolean;
  view: Pick<TokenView, "zone" | "now">;
  children: ReactNode;
};

/** The dialogs of a page of access tokens: a new one, a new secret for one, and the secret that was just issued. */
export function TokenDialogs({ holder, own, carriable, told, makes, view, children }: TokenDialogsProps) {
  const [making, setMaking] = useState(false);
  const made = useUsed(making);
  useBeforehand(loadSecret);
  const [renewed, setRenewed] = useState<{ token: ListedToken; opener: string } | null>(null);
  const [issued, setIssued] = useState<{ token: IssuedToken; opener: string } | null>(null);
  const asking = useMemo<Asking>(
    () => ({
      make: () => setMaking(true),
      regenerate: (token, opener) => setRenewed({ token, opener }),
    }),
    [],
  );
  return (
    <AskingContext value={asking}>
      {children}
      {makes && made && (
        <MakeDialog
          open={making}
          onOpenChange={setMaking}
          holder={holder}
          own={own}
          told={told}
          carriable={carriable}
          view={view}
          onIssued={(token) => {
            setMaking(false);
            setIssued({ token, opener: newTokenId });
          }}
        />
      )}
      {renewed && (
        <RegenerateDialog
          token={renewed.token}
          view={view}
          onClose={() => setRenewed(null)}
          onIssued={(token) => {
            setIssued({ token, opener: renewed.opener });
            setRenewed(null);
          }}
        />
      )}
      {issued && (
        <SecretDialog
          key={issued.token.id}
          issued={issued.token}
          zone={view.zone}
          opener={issued.opener}
          onClosed={() => setIssued(null)}
        />
      )}
    </AskingContext>
  );
}

export function NewTokenButton({ reason }: { reason: string | undefined }) {
  const { make } = useTokenDialogs();
  usePressedByAddress(newTokenId);
  return (
    <Button
      id={newTokenId}
      className="scroll-mt-80"
      data-creates=""
      variant="primary"
      reason={reason}
      showReason
      onClick={make}
    >
      <SpriteIcon name="plus" />
      New token
    </Button>
  );
}
