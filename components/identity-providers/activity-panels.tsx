import { UserRound } from "lucide-react";
import { EventList } from "@/components/audit/event-list";
import { Lines } from "@/components/list/lines";
import { ListEmpty } from "@/components/list/list-empty";
import { Empty } from "@/components/ui/empty";
import { Panel, PanelBody, PanelFoot, PanelHead, Row } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { noAuditFilters, toHref } from "@/lib/audit-log/filters";
import type { ProviderActivity } from "@/lib/identity-providers/activity";
import type { ShownProvider } from "@/lib/identity-providers/queries";

interface ActivityPanelsProps {
  provider: Pick<ShownProvider, "id" | "name">;
  activity: ProviderActivity;
  zone: string;
  now: Date;
}

/** Who signed in through a provider lately, what was refused, and what can be done about that. */
export function ActivityPanels({ provider, activity, zone, now }: ActivityPanelsProps) {
  const { remedies } = activity;
  return (
    <div className="grid max-w-[760px] gap-4">
      {remedies.length > 0 && (
        <Panel aria-labelledby="remedies">
          <PanelHead titleId="remedies" title="What to do" />
          <PanelBody>
            <dl className="grid gap-3 text-ui text-ink-2">
              {remedies.map(({ reason, advice }) => (
                <div key={reason}>
                  <dt className="font-medium text-ink">{sentence(reason)}</dt>
                  <dd className="wrap-break-word">{advice}</dd>
                </div>
              ))}
            </dl>
          </PanelBody>
        </Panel>
      )}
      <Refused provider={provider} faults={activity.faults} zone={zone} now={now} />
      <SignIns provider={provider} signIns={activity.signIns} zone={zone} now={now} />
    </div>
  );
}

const sentence = (reason: string) => reason.charAt(0).toUpperCase() + reason.slice(1).replace(/\.$/, "");

type RefusedProps = Omit<ActivityPanelsProps, "activity"> & Pick<ProviderActivity, "faults">;

function Refused({ provider: { id, name }, faults, zone, now }: RefusedProps) {
  return (
    <Panel aria-labelledby="refused">
      <PanelHead titleId="refused" title="Refused sign-ins" hint={faults?.length ? "the newest" : undefined} />
      {faults === null ? (
        <Empty icon="lock" title="You don't have permission to read the whole audit log.">
          Refused sign-ins are recorded there.
        </Empty>
      ) : faults.length > 0 ? (
        <EventList events={faults} reading={{ zone, now, opensLog: true }} />
      ) : (
        <ListEmpty kind="nothing-yet" title="No refused sign-ins.">
          Sign-ins through {name} that fail appear here, with what to do.
        </ListEmpty>
      )}
      {faults !== null && (
        <PanelFoot>
          <a href={toHref(noAuditFilters, { target: id })} className="link">
            Everything about {name} in the audit log
          </a>
        </PanelFoot>
      )}
    </Panel>
  );
}

type SignInsProps = Omit<ActivityPanelsProps, "activity"> & Pick<ProviderActivity, "signIns">;

function SignIns({ provider: { name }, signIns, zone, now }: SignInsProps) {
  return (
    <Panel aria-labelledby="sign-ins">
      <PanelHead
        titleId="sign-ins"
        title="Last sign-ins"
        hint={signIns.length > 0 ? "each person's last" : undefined}
      />
      {signIns.length > 0 ? (
        <Lines label="Last sign-ins">
          {signIns.map(({ id, person, at }) => (
            <Row
              key={id}
              lead={<UserRound aria-hidden />}
              title={
                person ? (
                  <a href={`/admin/users/${person.id}`} className="link">
                    {person.name}
                  </a>
                ) : (
                  "Somebody outside your view"
                )
              }
              end={<Time at={at} zone={zone} now={now} />}
            />
          ))}
        </Lines>
      ) : (
        <ListEmpty kind="nothing-yet" title="Nobody has signed in yet.">
          People who sign in through {name} appear here.
        </ListEmpty>
      )}
    </Panel>
  );
}
