"use client";
import { ActionButton } from "@/components/form/action-button";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import { Status } from "@/components/ui/status";
import { toast } from "@/components/ui/toaster";
import type { ProviderAbilities } from "@/lib/identity-providers/abilities";
import { releaseProviderAction, requireProviderAction } from "@/lib/identity-providers/actions";
import type { ShownProvider } from "@/lib/identity-providers/queries";
import { counted, formatTotal } from "@/lib/lists/format-total";
import type { OnlyWayEffect } from "@/lib/people/only-way-in";

interface OnlyWayPanelProps {
  provider: Pick<ShownProvider, "id" | "name" | "onlyWayIn" | "createsUsers">;
  abilities: ProviderAbilities;
  /** Null for people who may not decide about it. */
  effect: OnlyWayEffect | null;
}

/** Whether everybody has to sign in through this provider. It saves at once, apart from the form. */
export function OnlyWayPanel({ provider, abilities, effect }: OnlyWayPanelProps) {
  const { id, name, onlyWayIn } = provider;
  const decision = abilities[onlyWayIn ? "identity_provider.release" : "identity_provider.require"];
  const common = { input: { id }, reason: decision.ok ? undefined : decision.reason, showReason: true } as const;
  return (
    <Panel className="max-w-[760px]" aria-labelledby="only-way">
      <PanelHead
        titleId="only-way"
        title="Only way to sign in"
        hint={
          <Status tone={onlyWayIn ? "accent" : "muted"} icon={onlyWayIn ? "shield-check" : "circle-dashed"}>
            {onlyWayIn ? "on" : "off"}
          </Status>
        }
      />
      <PanelBody>
        <p className="text-ui text-ink-2">
          {onlyWayIn
            ? `Everybody signs in through ${name}. Passwords, passkeys and other providers work for administrators only.`
            : `Passwords and passkeys work alongside ${name}. If you make it the only way, they work for administrators only.`}
        </p>
        <div className="flex flex-wrap items-center gap-2">
          {onlyWayIn ? (
            <ActionButton
              {...common}
              action={releaseProviderAction}
              onSuccess={() => toast.success("Every way to sign in is allowed again")}
              confirm={{
                title: "Allow other ways to sign in?",
                body: "Passwords, passkeys and other providers work again for everybody who has one.",
                label: "Allow other ways",
              }}
            >
              Allow other ways
            </ActionButton>
          ) : (
            <ActionButton
              {...common}
              action={requireProviderAction}
              onSuccess={() => toast.success(`${name} is the only way to sign in`)}
              confirm={{
                title: `Make ${name} the only way to sign in?`,
                body: effect ? <Effect provider={provider} effect={effect} /> : "",
                label: "Make it the only way",
                danger: true,
              }}
            >
              Make it the only way
            </ActionButton>
          )}
        </div>
      </PanelBody>
    </Panel>
  );
}

type EffectProps = { provider: OnlyWayPanelProps["provider"]; effect: OnlyWayEffect };

function Effect({ provider: { name, createsUsers }, effect: { people, unknown, administrators } }: EffectProps) {
  const users = counted(people, "user");
  return (
    <span className="grid gap-2">
      <span>
        {people.value === 0
          ? "Nobody else currently signs in with a password or a passkey."
          : `${users.charAt(0).toUpperCase()}${users.slice(1)} can no longer sign in with a password or a passkey.`}
        {unknown > 0 && ` ${name} ${unknownWords(people, unknown)}: they cannot sign in until they are linked to it.`}
      </span>
      <span>
        {administrators === 1
          ? "The one administrator with a password or a passkey can still sign in with it"
          : `The ${administrators} administrators with a password or a passkey can still sign in with it`}
        , even if {name} does not work.
      </span>
      <span>
        Open sessions continue. Other providers are no longer offered.
        {createsUsers ? ` Anyone ${name} signs in for the first time still gets an account.` : ""}
      </span>
    </span>
  );
}

/** How many of these the provider does not know; of more than are counted, at least so many. */
function unknownWords(people: OnlyWayEffect["people"], unknown: number): string {
  if (people.kind === "over")
    return `does not know at least ${formatTotal({ value: unknown, kind: "exact" })} of them yet`;
  if (unknown === people.value) return people.value === 1 ? "does not know them yet" : "knows none of them yet";
  return `does not know ${formatTotal({ value: unknown, kind: "exact" })} of them yet`;
}
