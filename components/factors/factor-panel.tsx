"use client";
import { KeyRound, ListChecks, Smartphone } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { AddAuthenticator } from "@/components/factors/add-authenticator";
import { AddPasskey } from "@/components/factors/add-passkey";
import { RecoveryCodes } from "@/components/factors/recovery-codes";
import { ActionButton } from "@/components/form/action-button";
import { useAction } from "@/components/form/use-action";
import { Lines } from "@/components/list/lines";
import { RowActions } from "@/components/list/row-actions";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Panel, PanelBody, PanelFoot, PanelHead, Row } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toaster";
import { removeFactorAction, renewRecoveryCodesAction } from "@/lib/factors/actions";
import type { OwnFactors } from "@/lib/factors/queries";

type FactorPanelProps = { factors: OwnFactors; zone: string; now: Date };

/** One's own second factors: what there is, when it was used, and what can be added or removed. */
export function FactorPanel({ factors, zone, now }: FactorPanelProps) {
  const { authenticator, passkeys, codesLeft, required, noPasskeys } = factors;
  const count = passkeys.length + (authenticator ? 1 : 0);
  const keep = required && count === 1 ? "Your account requires a second factor. Add another one first." : undefined;
  const used = (at: Date | null) =>
    at ? (
      <>
        Last used <Time at={at} zone={zone} now={now} />
      </>
    ) : (
      "Never used"
    );
  return (
    <Panel aria-labelledby="own-factors">
      <PanelHead
        title="Second factors"
        titleId="own-factors"
        hint={required ? "Required for your account." : "Asked for after your password when you sign in."}
      />
      <Lines
        label="Second factors"
        empty={
          count === 0 && (
            <PanelBody className="text-ui text-ink-2">
              You have none. A second factor protects your account if somebody learns your password.
            </PanelBody>
          )
        }
      >
        {authenticator && (
          <Row
            key="authenticator"
            lead={<Smartphone aria-hidden />}
            title="Authenticator app"
            hint={used(authenticator.lastUsedAt)}
            end={<Remove name="authenticator app" input={{ kind: "authenticator" }} reason={keep} />}
          />
        )}
        {passkeys.map(({ id, name, lastUsedAt }) => (
          <Row
            key={id}
            lead={<KeyRound aria-hidden />}
            title={name}
            hint={<>Passkey · {used(lastUsedAt)}</>}
            end={<Remove name={`passkey ${name}`} input={{ kind: "passkey", id }} reason={keep} />}
          />
        ))}
        {count > 0 && (
          <Row
            key="codes"
            lead={<ListChecks aria-hidden />}
            title="Recovery codes"
            hint={codesLeft === 1 ? "1 is left" : `${codesLeft} are left`}
            end={<RenewCodes />}
          />
        )}
      </Lines>
      <PanelFoot
        actions={
          <>
            <AddAuthenticator reason={authenticator ? "You already have an authenticator app." : undefined} />
            <AddPasskey reason={noPasskeys ?? undefined} />
          </>
        }
      />
    </Panel>
  );
}

type RemoveProps = {
  name: string;
  input: { kind: "authenticator" } | { kind: "passkey"; id: string };
  reason: string | undefined;
};

function Remove({ name, input, reason }: RemoveProps) {
  return (
    <RowActions always>
      <ActionButton
        size="s"
        variant="quiet-danger"
        aria-label={`Remove ${name}`}
        reason={reason}
        action={removeFactorAction}
        input={input}
        settled="removed"
        confirm={{
          title: `Remove the ${name}?`,
          body: "You can no longer sign in with it. Removing the last one also removes your recovery codes.",
          label: "Remove",
          danger: true,
        }}
        onSuccess={() => toast.success(`The ${name} is removed`)}
      >
        Remove
      </ActionButton>
    </RowActions>
  );
}

function RenewCodes() {
  const router = useRouter();
  const [codes, setCodes] = useState<string[] | null>(null);
  const renew = useAction(renewRecoveryCodesAction, (made) => setCodes(made.codes));
  return (
    <>
      <RowActions always>
        <Button size="s" aria-busy={renew.pending || undefined} onClick={() => renew.run({})}>
          Generate new codes
        </Button>
      </RowActions>
      <Dialog open={codes !== null}>
        {codes && (
          <DialogContent title="Store your recovery codes" description="The earlier codes stop working." locked>
            <RecoveryCodes
              codes={codes}
              onStored={() => {
                setCodes(null);
                router.refresh();
              }}
            />
          </DialogContent>
        )}
      </Dialog>
    </>
  );
}
