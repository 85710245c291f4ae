import { AccountStatus } from "@/components/service-accounts/account-status";
import { Panel, PanelHead, Row, Rows } from "@/components/ui/panel";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { ownServiceAccountsPath } from "@/lib/service-accounts/paths";
import type { OwnAccount } from "@/lib/service-accounts/queries";

/** The service accounts that somebody owns, below their own tokens; nothing for people who own none. */
export function OwnAccounts({ accounts }: { accounts: OwnAccount[] }) {
  if (accounts.length === 0) return null;
  return (
    <Panel className="mt-6">
      <PanelHead title="Service accounts that you own" hint={accounts.length} />
      <Rows>
        {accounts.map(({ id, name, status, reason }) => (
          <Row
            key={id}
            lead={<SpriteIcon name="bot" />}
            title={
              <a href={`${ownServiceAccountsPath}/${id}`} className="link">
                {name}
              </a>
            }
            hint={reason}
            end={<AccountStatus status={status} />}
          />
        ))}
      </Rows>
    </Panel>
  );
}
