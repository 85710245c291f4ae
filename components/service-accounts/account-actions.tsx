"use client";
import { useRouter } from "next/navigation";
import { ActionButton } from "@/components/form/action-button";
import { tellDone } from "@/components/form/undo-toast";
import { listAddress } from "@/components/list/list-addresses";
import type { AccountInBrowser } from "@/components/service-accounts/account-header";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { toast } from "@/components/ui/toaster";
import type { Decision } from "@/lib/authz/decision";
import {
  deleteAccountAction,
  disableAccountAction,
  enableAccountAction,
  mayEnableAccountAction,
} from "@/lib/service-accounts/actions";
import { serviceAccountsPath } from "@/lib/service-accounts/paths";

/** What can be done with a service account as a whole. */
export function AccountActions({ account }: { account: AccountInBrowser }) {
  const router = useRouter();
  const { id, name, version, abilities, disabled, tokens } = { ...account, disabled: account.status === "disabled" };
  const state = abilities[disabled ? "service_account.enable" : "service_account.disable"];
  const erase = abilities["service_account.delete"];
  return (
    <div className="flex flex-wrap justify-end gap-2">
      {disabled && isOffered(state) && (
        <ActionButton action={enableAccountAction} input={{ id }} onSuccess={() => toast.success(`${name} is enabled`)}>
          Enable
        </ActionButton>
      )}
      {!disabled && isOffered(state) && (
        <ActionButton
          action={disableAccountAction}
          input={{ id }}
          onSuccess={(disabled) =>
            void tellDone(`${name} is disabled`, {
              about: id,
              what: `disable ${name}`,
              may: () => mayEnableAccountAction(disabled),
              run: () => enableAccountAction(disabled),
              done: `${name} is enabled again`,
            })
          }
          confirm={{
            title: `Disable ${name}?`,
            body: `${tokensOf(tokens, "is refused", "are refused")} from now on, until somebody enables it. ${tokens.length === 1 ? "The token is kept." : "The tokens are kept."}`,
            label: "Disable",
          }}
        >
          Disable
        </ActionButton>
      )}
      {isOffered(erase) && (
        <ActionButton
          action={deleteAccountAction}
          input={{ id, version }}
          onSuccess={() => {
            toast.success(`${name} is deleted`);
            router.replace(listAddress(serviceAccountsPath));
          }}
          confirm={{
            title: `Delete ${name}?`,
            body: `${tokens.length === 0 ? "It has no token that works." : `${tokensOf(tokens, "ends", "end")}, and programs that use ${tokens.length === 1 ? "it" : "them"} are refused at their next call.`} The account is deleted permanently; its events stay in the audit log.`,
            label: "Delete service account",
            danger: true,
          }}
        >
          <SpriteIcon name="trash" />
          Delete
        </ActionButton>
      )}
    </div>
  );
}

/** Without permission, the reason is shown where the details are text. */
const isOffered = (decision: Decision) => decision.ok;

/** "Its token ci ends", "Its tokens ci and nightly end" */
function tokensOf(tokens: string[], one: string, many: string): string {
  if (tokens.length === 0) return `Every use of a token of it ${one}`;
  if (tokens.length === 1) return `Its token ${tokens[0]} ${one}`;
  const [last, ...others] = tokens.toReversed();
  return tokens.length > 4
    ? `Its ${tokens.length} tokens ${many}`
    : `Its tokens ${others.toReversed().join(", ")} and ${last} ${many}`;
}
