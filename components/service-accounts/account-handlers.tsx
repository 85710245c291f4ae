"use client";
import { useRouter } from "next/navigation";
import { ActionHandler } from "@/components/form/action-handler";
import type { PressedAction } from "@/components/form/late-action-button";
import { tellDone } from "@/components/form/undo-toast";
import { listAddress } from "@/components/list/list-addresses";
import type { AccountInBrowser } from "@/components/service-accounts/account-header";
import { toast } from "@/components/ui/toaster";
import {
  deleteAccountAction,
  disableAccountAction,
  enableAccountAction,
  mayEnableAccountAction,
} from "@/lib/service-accounts/actions";
import { serviceAccountsPath } from "@/lib/service-accounts/paths";

/** What the buttons of a service account do, fetched together. */

type HandlerProps = { pressed: PressedAction; account: AccountInBrowser };

export function EnableAccount({ pressed, account: { id, name } }: HandlerProps) {
  return (
    <ActionHandler
      pressed={pressed}
      action={() => enableAccountAction({ id })}
      onSuccess={() => toast.success(`${name} is enabled`)}
    />
  );
}

export function DisableAccount({ pressed, account: { id, name, tokens } }: HandlerProps) {
  return (
    <ActionHandler
      pressed={pressed}
      action={() => disableAccountAction({ id })}
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
    />
  );
}

export function DeleteAccount({ pressed, account: { id, name, version, tokens } }: HandlerProps) {
  const router = useRouter();
  return (
    <ActionHandler
      pressed={pressed}
      action={() => deleteAccountAction({ id, version })}
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
    />
  );
}

/** "Its token ci ends", "Its tokens ci and nightly end" */
function tokensOf(tokens: string[], one: string, many: string): string {
  if (tokens.length === 0) return `Every use of a token of it ${one}`;
  if (tokens.length === 1) return `Its token ${tokens[0]} ${one}`;
  const [last, ...others] = tokens.toReversed();
  return tokens.length > 4
    ? `Its ${tokens.length} tokens ${many}`
    : `Its tokens ${others.toReversed().join(", ")} and ${last} ${many}`;
}
