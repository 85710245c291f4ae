import { Bot, Boxes, IdCard, Package } from "lucide-react";
import { Empty } from "@/components/ui/empty";
import { Panel, PanelHead, Row, Rows } from "@/components/ui/panel";
import { groupsPath } from "@/lib/groups/paths";
import { serviceAccountsPath } from "@/lib/service-accounts/paths";
import type { OwnedObject } from "@/lib/users/owned";

type OwnedListProps = {
  name: string;
  objects: OwnedObject[];
  /** Whether the viewer may see these groups. */
  opensGroups: boolean;
  /** The same of their service accounts. */
  opensAccounts: boolean;
};

const icons = {
  group: <Boxes aria-hidden />,
  service_account: <Bot aria-hidden />,
  identity_provider: <IdCard aria-hidden />,
};

export function OwnedList({ name, objects, opensGroups, opensAccounts }: OwnedListProps) {
  const opens = {
    group: opensGroups && groupsPath,
    service_account: opensAccounts && serviceAccountsPath,
    identity_provider: false,
  };
  return (
    <Panel className="max-w-[760px]">
      <PanelHead title="Owned objects" hint={objects.length > 0 ? objects.length : undefined} />
      {objects.length === 0 ? (
        <Empty icon={Package} title={`${name} owns nothing`}>
          Groups, service accounts and identity providers that somebody owns stand here. Removing the owner asks for a
          new one.
        </Empty>
      ) : (
        <Rows>
          {objects.map((object) => (
            <Row
              key={object.id}
              lead={icons[object.kind]}
              title={
                opens[object.kind] ? (
                  <a href={`${opens[object.kind]}/${object.id}`} className="link">
                    {object.name}
                  </a>
                ) : (
                  object.name
                )
              }
              hint={object.kind === "group" ? groupWords(object) : object.kind.replace("_", " ")}
            />
          ))}
        </Rows>
      )}
    </Panel>
  );
}

const groupWords = ({ members, roles }: OwnedObject) =>
  `group, ${members} ${members === 1 ? "member" : "members"}, ${roles} ${roles === 1 ? "role" : "roles"}`;
