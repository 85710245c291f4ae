import { Bot, Package, Users } from "lucide-react";
import { Empty } from "@/components/ui/empty";
import { Panel, PanelHead, Row, Rows } from "@/components/ui/panel";
import type { OwnedObject } from "@/lib/users/owned";

export function OwnedList({ name, objects }: { name: string; objects: OwnedObject[] }) {
  return (
    <Panel className="max-w-[760px]">
      <PanelHead title="Owned objects" hint={objects.length > 0 ? objects.length : undefined} />
      {objects.length === 0 ? (
        <Empty icon={Package} title={`${name} owns nothing`}>
          Groups and service accounts that somebody owns stand here. Removing the owner asks for a new one.
        </Empty>
      ) : (
        <Rows>
          {objects.map((object) => (
            <Row
              key={object.id}
              lead={object.kind === "group" ? <Users aria-hidden /> : <Bot aria-hidden />}
              title={object.name}
              hint={object.kind === "group" ? groupWords(object) : "service account"}
            />
          ))}
        </Rows>
      )}
    </Panel>
  );
}

const groupWords = ({ members, roles }: OwnedObject) =>
  `group, ${members} ${members === 1 ? "member" : "members"}, ${roles} ${roles === 1 ? "role" : "roles"}`;
