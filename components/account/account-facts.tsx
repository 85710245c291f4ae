import type { ReactNode } from "react";
import { FixedField } from "@/components/form/field";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import type { Account } from "@/lib/account/queries";

interface AccountFactsProps {
  account: Account;
  zone: string;
  now: Date;
}

/** What only others can change about one's account, and its dates. */
export function AccountFacts({ account, zone, now }: AccountFactsProps) {
  const time = (at: Date | null, none: string) => (at ? <Time at={at} zone={zone} now={now} form="exact" /> : none);
  return (
    <Panel aria-labelledby="own-facts">
      <PanelHead title="Account" titleId="own-facts" />
      <PanelBody>
        <FixedField label="User Name" value={account.username} reason="Fixed when the account was created." />
        <dl className="grid grid-cols-2 gap-x-3 gap-y-2.5 text-ui max-s:grid-cols-1">
          <Fact word="Roles">{account.roles.join(", ") || "None"}</Fact>
          <Fact word="Manager">{account.manager ?? "None"}</Fact>
          <Fact word="Last sign-in">{time(account.lastSignInAt, "Never")}</Fact>
          <Fact word="Created">{time(account.createdAt, "")}</Fact>
          {account.accessEndsAt && <Fact word="Access ends">{time(account.accessEndsAt, "")}</Fact>}
        </dl>
      </PanelBody>
    </Panel>
  );
}

function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{word}</dt>
      <dd className="wrap-break-word">{children}</dd>
    </div>
  );
}
