"use client";
import { fetchQuestion, LateActionButton, type PressedAction } from "@/components/form/late-action-button";
import type { AccountInBrowser } from "@/components/service-accounts/account-header";
import { late } from "@/components/ui/late";
import { SpriteIcon } from "@/components/ui/sprite-icon";

const loadHandlers = () => import("./account-handlers");
const fetchHandler = () => Promise.all([loadHandlers(), fetchQuestion()]);
const EnableAccount = late(() => loadHandlers().then((module) => module.EnableAccount));
const DisableAccount = late(() => loadHandlers().then((module) => module.DisableAccount));
const DeleteAccount = late(() => loadHandlers().then((module) => module.DeleteAccount));

/** What can be done with a service account as a whole; without permission, the reason is shown where the details are text. */
export function AccountActions({ account }: { account: AccountInBrowser }) {
  const { abilities } = account;
  const disabled = account.status === "disabled";
  const state = abilities[disabled ? "service_account.enable" : "service_account.disable"];
  const to = (Handler: typeof EnableAccount) => ({
    fetchHandler,
    handler: (pressed: PressedAction) => <Handler pressed={pressed} account={account} />,
  });
  return (
    <div className="flex flex-wrap justify-end gap-2">
      {disabled && state.ok && <LateActionButton {...to(EnableAccount)}>Enable</LateActionButton>}
      {!disabled && state.ok && <LateActionButton {...to(DisableAccount)}>Disable</LateActionButton>}
      {abilities["service_account.delete"].ok && (
        <LateActionButton {...to(DeleteAccount)}>
          <SpriteIcon name="trash" />
          Delete
        </LateActionButton>
      )}
    </div>
  );
}
