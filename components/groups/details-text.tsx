import { Fact, Facts } from "@/components/ui/facts";
import { Note } from "@/components/ui/note";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import type { GroupDetail } from "@/lib/groups/queries";

/** "Group Details" for people who may see but not change: text instead of fields, and why. */
export function DetailsText({ group, zone, now }: { group: GroupDetail; zone: string; now: Date }) {
  const ability = group.abilities["group.update"];
  return (
    <div className="grid max-w-[760px] gap-4">
      {!ability.ok && <Note>{ability.reason}</Note>}
      <Panel>
        <PanelHead title="Details" />
        <PanelBody>
          <Facts>
            <Fact label="Name">{group.name}</Fact>
            <Fact label="Owner">{group.owner?.name ?? "none"}</Fact>
            <Fact label="Description">{group.description || "none"}</Fact>
            <Fact label="Created">
              <Time at={group.createdAt} zone={zone} now={now} form="date" />
            </Fact>
          </Facts>
        </PanelBody>
      </Panel>
    </div>
  );
}
