import { FixedField } from "@/components/form/fixed-field";
import { Fact, Facts } from "@/components/ui/facts";
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
        <FixedField label="User Name" value={account.username} reason="Cannot be changed." />
        <Facts>
          <Fact label="Roles">{account.roles.join(", ") || "None"}</Fact>
          <Fact label="Manager">{account.manager ?? "None"}</Fact>
          <Fact label="Last sign-in">{time(account.lastSignInAt, "never")}</Fact>
          <Fact label="Created">{time(account.createdAt, "")}</Fact>
          {account.accessEndsAt && <Fact label="Access ends">{time(account.accessEndsAt, "")}</Fact>}
        </Facts>
      </PanelBody>
    </Panel>
  );
}
