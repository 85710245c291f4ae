import type { ReactNode } from "react";
import { Empty } from "@/components/ui/empty";
import { Panel, PanelHead, Row, Rows } from "@/components/ui/panel";
import { OwnedIcon } from "@/components/users/owned-icon";
import { groupsPath } from "@/lib/groups/paths";
import { counted } from "@/lib/lists/format-total";
import { resourcesHref } from "@/lib/resources/filters";
import { serviceAccountsPath } from "@/lib/service-accounts/paths";
import type { Owned, OwnedObject } from "@/lib/users/owned";
import { manyOfType, type OwnedKind, ownedWords } from "@/lib/users/owned-words";

type OwnedListProps = {
  user: { id: string; name: string };
  owned: Owned;
  /** Kinds whose pages open to the viewer for these. */
  opens: readonly OwnedKind[];
};

/** Where an object of a kind is opened; a kind that is not here has no page of its own. */
const pageOf: Partial<Record<OwnedKind, (object: OwnedObject) => string>> = {
  group: ({ id }) => `${groupsPath}/${id}`,
  service_account: ({ id }) => `${serviceAccountsPath}/${id}`,
  resource: ({ id }) => resourcesHref({ q: id }),
};

export function OwnedList({ user, owned: { objects, types }, opens }: OwnedListProps) {
  const all = objects.length + types.reduce((sum, { count }) => sum + count, 0);
  const hrefOf = (object: OwnedObject) => (opens.includes(object.kind) ? pageOf[object.kind]?.(object) : undefined);
  return (
    <Panel className="max-w-[760px]">
      <PanelHead title="Owned objects" hint={all > 0 ? all.toLocaleString("en-US") : undefined} />
      {all === 0 ? (
        <Empty icon="package" title={`${user.name} owns nothing`}>
          Groups, service accounts, identity providers and resources that this user owns appear here. Removing the user
          asks for a new owner.
        </Empty>
      ) : (
        <Rows>
          {objects.map((object) => (
            <Row
              key={object.id}
              lead={<OwnedIcon kind={object.kind} />}
              title={<Linked href={hrefOf(object)}>{object.name}</Linked>}
              hint={hintOf(object)}
            />
          ))}
          {types.map(({ kind, type, count }) => (
            <Row
              key={type}
              lead={<OwnedIcon kind={kind} />}
              title={
                <Linked href={opens.includes(kind) ? resourcesHref({ owner: [user.id], type: [type] }) : undefined}>
                  {manyOfType(kind, type, count)}
                </Linked>
              }
            />
          ))}
        </Rows>
      )}
    </Panel>
  );
}

function Linked({ href, children }: { href: string | undefined; children: ReactNode }) {
  if (!href) return children;
  return (
    <a href={href} className="link">
      {children}
    </a>
  );
}

/** "group, 3 members, 1 role", "resource, assistant", "service account" */
export function hintOf({ kind, type, members, roles }: OwnedObject): string {
  const { one } = ownedWords[kind];
  if (kind === "group") return `${one}, ${counted(members, "member")}, ${counted(roles, "role")}`;
  return type ? `${one}, ${type}` : one;
}
