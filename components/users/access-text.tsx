import { Note } from "@/components/ui/note";
import { Panel, PanelHead, Row, Rows } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import type { DirectRole, Membership, UserDetail } from "@/lib/users/queries";

type AccessTextProps = {
  user: UserDetail;
  given: { memberships: Membership[]; direct: DirectRole[] };
  zone: string;
  now: Date;
};

/** Memberships and dates for people who may see but not change. */
export function AccessText({ user, given, zone, now }: AccessTextProps) {
  const ability = user.abilities["user.update"];
  const rows = [
    ...given.direct.map(({ roleId, name, endsAt }) => ({ id: roleId, name, kind: "additional role", endsAt })),
    ...given.memberships.map(({ groupId, name, endsAt, owner, by }) => ({
      id: groupId,
      name,
      kind: ["group", owner && "owner", by && `by ${by}`].filter(Boolean).join(", "),
      endsAt,
    })),
  ];
  return (
    <>
      {!ability.ok && <Note>{ability.reason}</Note>}
      <Panel>
        <PanelHead title={`Given to ${user.firstName}`} />
        <Rows>
          <Row title={user.primaryRole.name} hint="primary role" />
          {rows.map(({ id, name, kind, endsAt }) => (
            <Row
              key={id}
              title={name}
              hint={kind}
              end={
                endsAt && (
                  <span className="text-xs text-muted">
                    until <Time at={endsAt} zone={zone} now={now} form="exact" />
                  </span>
                )
              }
            />
          ))}
        </Rows>
      </Panel>
    </>
  );
}
