"use client";
import { useRouter } from "next/navigation";
import { ActionButton } from "@/components/form/action-button";
import { TestButton } from "@/components/identity-providers/test-button";
import { AboveReason } from "@/components/ui/above-reason";
import { toast } from "@/components/ui/toaster";
import type { ProviderAbilities } from "@/lib/identity-providers/abilities";
import { deleteProviderAction, disableProviderAction, enableProviderAction } from "@/lib/identity-providers/actions";
import { providersPath } from "@/lib/identity-providers/pages";
import type { ProviderState } from "@/lib/identity-providers/schema";
import type { Verdict } from "@/lib/verdict";

type ProviderActionsProps = {
  provider: { id: string; name: string; state: ProviderState; createsUsers: boolean; onlyWayIn: boolean };
  abilities: ProviderAbilities;
  /** How many people it knows. */
  people: number;
};

const reasonOf = (verdict: Verdict) => (verdict.ok ? undefined : verdict.reason);

/** What can be done with a provider as a whole. */
export function ProviderActions({ provider, abilities, people }: ProviderActionsProps) {
  const router = useRouter();
  const { id, name, state, createsUsers, onlyWayIn } = provider;
  const opened = onlyWayIn ? " It is the only way to sign in: passwords and passkeys work again for everybody." : "";
  const known = people === 1 ? "1 user is" : `${people} users are`;
  const common = { input: { id }, showReason: true } as const;
  return (
    <div className="flex flex-wrap items-start justify-end gap-2 max-s:w-[calc(100dvw-32px)] max-s:justify-start">
      <AboveReason>
        <TestButton id={id} reason={reasonOf(abilities["identity_provider.test"])} />
      </AboveReason>
      {state === "enabled" ? (
        <AboveReason>
          <ActionButton
            {...common}
            action={disableProviderAction}
            reason={reasonOf(abilities["identity_provider.disable"])}
            onSuccess={() => toast.success(`${name} is disabled`)}
            confirm={{
              title: `Disable ${name}?`,
              body: `Nobody signs in through ${name} any more; ${known} known by it. Sessions that have begun go on until they end.${opened} You can enable it again at any time.`,
              label: "Disable",
              danger: true,
            }}
          >
            Disable
          </ActionButton>
        </AboveReason>
      ) : (
        <AboveReason>
          <ActionButton
            {...common}
            variant="primary"
            action={enableProviderAction}
            reason={reasonOf(abilities["identity_provider.enable"])}
            onSuccess={() => toast.success(`${name} is enabled`)}
            confirm={{
              title: `Enable ${name}?`,
              body: `The page /sign-in shows "Continue with ${name}" to everybody. ${
                createsUsers
                  ? "Whoever it signs in for the first time gets an account here, as its settings say."
                  : "Only people who are known here by it sign in; it creates nobody."
              }`,
              label: "Enable",
            }}
          >
            Enable
          </ActionButton>
        </AboveReason>
      )}
      <AboveReason>
        <ActionButton
          {...common}
          variant="quiet-danger"
          action={deleteProviderAction}
          reason={reasonOf(abilities["identity_provider.delete"])}
          onSuccess={() => {
            toast.success(`${name} is deleted`);
            router.replace(providersPath);
          }}
          confirm={{
            title: `Delete ${name}?`,
            body: `Its settings and its secret are gone for good, and ${known} unlinked from it. The accounts stay, but whoever has no other way in cannot sign in any more.${opened}`,
            label: "Delete",
            danger: true,
          }}
        >
          Delete
        </ActionButton>
      </AboveReason>
    </div>
  );
}
