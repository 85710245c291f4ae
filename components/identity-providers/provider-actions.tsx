"use client";
import { useRouter } from "next/navigation";
import { ActionButton } from "@/components/form/action-button";
import { tellDone } from "@/components/form/undo-toast";
import { TestButton } from "@/components/identity-providers/test-button";
import { AboveReason } from "@/components/ui/above-reason";
import { Note } from "@/components/ui/note";
import { toast } from "@/components/ui/toaster";
import type { Decision } from "@/lib/authz/decision";
import type { ProviderAbilities } from "@/lib/identity-providers/abilities";
import {
  deleteProviderAction,
  disableProviderAction,
  enableProviderAction,
  mayEnableProviderAction,
} from "@/lib/identity-providers/actions";
import { providersPath } from "@/lib/identity-providers/pages";
import type { ProviderState } from "@/lib/identity-providers/schema";
import { counted } from "@/lib/lists/format-total";
import type { Total } from "@/lib/lists/pagination";
import { toHref } from "@/lib/users/filters";

type ProviderActionsProps = {
  provider: {
    id: string;
    slug: string;
    name: string;
    state: ProviderState;
    createsUsers: boolean;
    onlyWayIn: boolean;
  };
  abilities: ProviderAbilities;
  /** How many people it knows. */
  people: number;
  /** How many sign in through it alone. */
  dependent: Total;
};

const reasonOf = (decision: Decision) => (decision.ok ? undefined : decision.reason);

/** What can be done with a provider as a whole. */
export function ProviderActions({ provider, abilities, people, dependent }: ProviderActionsProps) {
  const router = useRouter();
  const { id, slug, name, state, createsUsers, onlyWayIn } = provider;
  const opened = onlyWayIn ? " It is the only way to sign in: passwords and passkeys work again for everybody." : "";
  const theirs = toHref({ configuration: [slug] });
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
            onSuccess={(disabled) => {
              const undo = {
                about: id,
                what: `disable ${name}`,
                may: () => mayEnableProviderAction(disabled),
                run: () => enableProviderAction(disabled),
                done: `${name} is enabled again`,
              };
              // "Enable" would not make it the only way to sign in again.
              void tellDone(`${name} is disabled`, onlyWayIn ? null : undo, { about: id });
            }}
            confirm={{
              title: `Disable ${name}?`,
              body: (
                <>
                  <p>
                    Nobody can sign in through {name} until you enable it again; {known} linked to it. Open sessions
                    continue.
                    {opened}
                  </p>
                  <Dependent known={people} total={dependent} href={theirs} until="until it is enabled again" />
                </>
              ),
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
                  ? "Anyone it signs in for the first time gets an account here, as set in its settings."
                  : "Only people already linked to it can sign in; it creates no users."
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
          onSuccess={({ dependent: left }) => {
            const show = { action: { label: "Show", onClick: () => router.push(theirs) } };
            if (left.value === 0) toast.success(`${name} is deleted`);
            else toast.success(`${name} is deleted. ${peopleWords(left)} cannot sign in now.`, show);
            router.replace(providersPath);
          }}
          confirm={{
            title: `Delete ${name}?`,
            body: (
              <>
                <p>
                  Its settings and its secret are deleted permanently, and {known} unlinked from it. The accounts and
                  their open sessions are kept.{opened}
                </p>
                <Dependent
                  known={people}
                  total={dependent}
                  href={theirs}
                  until={'until they set a password with "Forgot password" or with a link from an administrator'}
                />
              </>
            ),
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

const peopleWords = (total: Total) => counted(total, "user");

type DependentProps = { known: number; total: Total; href: string; until: string };

/** Whom it would leave outside, with the way to their list. Administrators are never among them: they sign in here. */
function Dependent({ known, total, href, until }: DependentProps) {
  if (total.value === 0) return known > 0 && <p>Everybody linked to it has another way to sign in.</p>;
  return (
    <Note
      tone="warning"
      title={`${peopleWords(total)} cannot sign in ${until}.`}
      actions={
        <a className="link" href={href} target="_blank" rel="noreferrer">
          Show them
        </a>
      }
    />
  );
}
