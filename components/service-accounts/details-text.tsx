import { Shield } from "lucide-react";
import { Empty } from "@/components/ui/empty";
import { Fact, Facts } from "@/components/ui/facts";
import { Note } from "@/components/ui/note";
import { Panel, PanelBody, PanelHead, Row, Rows } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import type { AccountDetail } from "@/lib/service-accounts/queries";

type DetailsTextProps = {
  account: AccountDetail;
  zone: string;
  now: Date;
  /** Why it is text; null where nobody would expect a form. */
  reason: string | null;
};

/** "Details" for people who may see but not change: text instead of fields, and why. */
export function DetailsText({ account, zone, now, reason }: DetailsTextProps) {
  return (
    <div className="grid max-w-[760px] gap-4">
      {reason && <Note>{reason}</Note>}
      <Panel>
        <PanelHead title="Details" />
        <PanelBody>
          <Facts>
            <Fact label="Name">{account.name}</Fact>
            <Fact label="Owner">{account.owner?.name ?? "none"}</Fact>
            <Fact label="Created">
              <Time at={account.createdAt} zone={zone} now={now} form="date" />
              {account.maker && ` by ${account.maker}`}
            </Fact>
          </Facts>
        </PanelBody>
      </Panel>
      <Panel>
        <PanelHead title="Roles" />
        {account.roles.length === 0 ? (
          <Empty icon="shield" title="It has no role.">
            Its tokens cannot do anything.
          </Empty>
        ) : (
          <Rows>
            {account.roles.map(({ id, name, reason: less }) => (
              <Row key={id} lead={<Shield aria-hidden />} title={name} hint={less} />
            ))}
          </Rows>
        )}
      </Panel>
    </div>
  );
}
