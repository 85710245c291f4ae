import { Shield } from "lucide-react";
import { Empty } from "@/components/ui/empty";
import { Note } from "@/components/ui/note";
import { Panel, PanelHead, Row, Rows } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import type { GroupDetail } from "@/lib/groups/queries";

/** What a group carries, for people who may see but not change. */
export function RolesText({ group, zone, now }: { group: GroupDetail; zone: string; now: Date }) {
  const ability = group.abilities["group.update"];
  return (
    <div className="grid max-w-[760px] gap-4">
      {!ability.ok && <Note>{ability.reason}</Note>}
      <Panel>
        <PanelHead title={`Carried by ${group.name}`} />
        {group.roles.length === 0 ? (
          <Empty icon="shield" title="This group has no roles.">
            Its members get nothing from it.
          </Empty>
        ) : (
          <Rows>
            {group.roles.map(({ roleId, name, needs, endsAt }) => (
              <Row
                key={roleId}
                lead={<Shield aria-hidden />}
                title={name}
                hint={needs.length > 0 ? `only with ${needs.join(" or ")}` : undefined}
                end={
                  endsAt && (
                    <span className="text-xs text-muted">
                      {endsAt <= now ? "ended" : "until"} <Time at={endsAt} zone={zone} now={now} form="exact" />
                    </span>
                  )
                }
              />
            ))}
          </Rows>
        )}
      </Panel>
    </div>
  );
}
