import type { ReactNode } from "react";
import { Note } from "@/components/ui/note";
import { Panel, PanelHead } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import type { GroupDetail } from "@/lib/groups/queries";

/** "Group Details" for whoever may see but not change: text instead of fields, and why. */
export function DetailsText({ group, zone, now }: { group: GroupDetail; zone: string; now: Date }) {
  const ability = group.abilities["group.update"];
  return (
    <div className="grid max-w-[760px] gap-4">
      {!ability.ok && <Note>{ability.reason}</Note>}
      <Panel>
        <PanelHead title="Details" />
        <dl className="grid grid-cols-2 gap-4 px-4 pt-1 pb-4 text-ui max-s:grid-cols-1">
          <Fact label="Name">{group.name}</Fact>
          <Fact label="Owner">{group.owner?.name ?? "none"}</Fact>
          <Fact label="Description">{group.description || "none"}</Fact>
          <Fact label="Created">
            <Time at={group.createdAt} zone={zone} now={now} form="date" />
          </Fact>
        </dl>
      </Panel>
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="font-medium">{label}</dt>
      <dd className="wrap-break-word text-ink-2">{children}</dd>
    </div>
  );
}
